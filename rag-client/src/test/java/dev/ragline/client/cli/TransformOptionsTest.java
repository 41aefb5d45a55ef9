package dev.ragline.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.client.cli.CommandLineHarness.Ended;
import dev.ragline.client.fake.Script;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.HydeMode;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.RetrieveResponse;
import dev.ragline.v1.Retrieved;
import dev.ragline.v1.RewriteMode;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.Turn;
import dev.ragline.v1.TurnRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code --query}, {@code --history}, {@code --turn}, {@code --rewrite} and {@code --hyde}. */
@Timeout(60)
class TransformOptionsTest {
  @TempDir Path folder;
  private final CommandLineHarness rag = new CommandLineHarness();

  @AfterEach
  void close() {
    rag.close();
  }

  private static Turn turn(TurnRole role, String text) {
    return Turn.newBuilder().setRole(role).setText(text).build();
  }

  @Test
  void search_options_reachTheServerAndItsRewritingIsSaid() throws Exception {
    Path history = folder.resolve("history.jsonl");
    Files.writeString(
        history,
        """
        {"role": "user", "text": "Where is the tower?"}

        {"role": "assistant", "text": "In Paris."}
        """);
    rag.server.answers.passages =
        RetrieveResponse.newBuilder().setRewrittenQuestion("When was the tower\nbuilt?").build();

    Ended ended =
        rag.run(
            "search",
            "When was it built?",
            "--corpus=x",
            "--query=tower",
            "--query=year of its opening",
            "--history=" + history,
            "--turn=And high?",
            "--turn=assistant: 330 m",
            "--rewrite=key-terms",
            "--hyde");

    RetrieveRequest searched = Objects.requireNonNull(rag.server.answers.searched);
    assertThat(searched.getQuestion()).isEqualTo("When was it built?");
    assertThat(searched.getRetrieval().getQueriesList())
        .containsExactly("tower", "year of its opening");
    assertThat(searched.getHistoryList())
        .containsExactly(
            turn(TurnRole.TURN_ROLE_USER, "Where is the tower?"),
            turn(TurnRole.TURN_ROLE_ASSISTANT, "In Paris."),
            turn(TurnRole.TURN_ROLE_USER, "And high?"),
            turn(TurnRole.TURN_ROLE_ASSISTANT, "330 m"));
    assertThat(searched.getRetrieval().getRewrite()).isEqualTo(RewriteMode.REWRITE_MODE_KEY_TERMS);
    assertThat(searched.getRetrieval().getHyde()).isEqualTo(HydeMode.HYDE_MODE_OPTIONAL);
    assertThat(ended.err()).contains("rag: searched for: When was the tower built?\n");
  }

  @Test
  void ask_options_reachTheServerAndItsRewritingIsSaid() {
    List<AnswerEvent> events = new ArrayList<>(new Script().text("1889.").complete());
    events.add(
        1,
        AnswerEvent.newBuilder()
            .setRetrieved(Retrieved.newBuilder().setRewrittenQuestion("When was X built?"))
            .build());
    rag.server.answers.events = events;

    Ended ended = rag.run("ask", "When?", "--corpus=x", "--turn=Where is X?", "--hyde-required");

    StreamAskRequest asked = Objects.requireNonNull(rag.server.answers.asked);
    assertThat(asked.getHistoryList())
        .containsExactly(turn(TurnRole.TURN_ROLE_USER, "Where is X?"));
    assertThat(asked.getRetrieval().getHyde()).isEqualTo(HydeMode.HYDE_MODE_REQUIRED);
    assertThat(ended.err()).contains("rag: answering: When was X built?\n");
  }

  @Test
  void search_noSuchOptions_asksForNothing() {
    rag.run("search", "q", "--corpus=x");
    RetrieveRequest searched = Objects.requireNonNull(rag.server.answers.searched);
    assertThat(searched.getHistoryCount() + searched.getRetrieval().getQueriesCount()).isZero();
    assertThat(searched.getRetrieval().getHydeValue()).isZero();
    assertThat(searched.getRetrieval().getRewriteValue()).isZero();
  }

  @Test
  void evalConfigurations_flags_areSharedAndOverridden() {
    var own = new CommandLine(new RetrievalOptions()).parseArgs("--hyde", "--rewrite=OFF");
    List<HydeMode> modes =
        EvalConfigurations.of(own, List.of("plain:hyde=false")).stream()
            .map(configuration -> configuration.getRetrieval().getHyde())
            .toList();
    assertThat(modes).containsExactly(HydeMode.HYDE_MODE_OPTIONAL, HydeMode.HYDE_MODE_UNSPECIFIED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"role": "user"}                 | line 1: there is no 'text'
          {"text": "x"}                    | line 1: there is no 'role'
          {"role": "system", "text": "x"}  | line 1: the role is user or assistant, not 'system'
          {"role": "user", "text": " "}    | line 1: the turn is empty
          nonsense                         | line 1: is no JSON object
          """)
  void search_badHistory_isWrongUsage(String line, String says) throws Exception {
    Path history = folder.resolve("history.jsonl");
    Files.writeString(history, line + "\n");
    Ended ended = rag.run("search", "q", "--corpus=x", "--history=" + history);
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains(says);
    assertThat(rag.run("search", "q", "--corpus=x", "--history=" + folder + "/none").err())
        .contains("there is no file");
  }
}
