package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragline.client.RagClient;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.RetrieveResponse;
import dev.ragline.v1.Stage;
import dev.ragline.v1.Turn;
import dev.ragline.v1.TurnRole;
import dev.ragline.v1.Warning;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Follow-up questions and hypothetical passages by a language model at the end of a socket. */
class FollowUpIT {
  private static final String ALONE = "Where are backups kept?";
  private static final String FOLLOW_UP = "And where are they kept?";
  private static final String SAID = "What happens to backups?";
  private static final String PASSAGE = "Backups are written to a bucket in a cold place.";
  private static final String TEXT = "In the cold bucket in Oulu [1].";
  @RegisterExtension private static final LlmSetup setup = new LlmSetup();

  private static String text(JsonNode request) throws Exception {
    return LlmSetup.parse(request.path("body").asText()).at("/messages/1/content").asText();
  }

  private static RetrieveRequest followUp() {
    return RetrieveRequest.newBuilder()
        .setCorpus("corpora/" + LlmSetup.CORPUS)
        .setQuestion(FOLLOW_UP)
        .addHistory(Turn.newBuilder().setRole(TurnRole.TURN_ROLE_USER).setText(SAID))
        .build();
  }

  @Test
  void ask_followUpWithHyde_isRewrittenImaginedAndAnswered() throws Exception {
    setup.llm().answer(String.join("\n", ALONE, PASSAGE, TEXT));
    try (ServerProcess server = setup.serve("lines")) {
      var asked =
          server.rag(
              "ask",
              FOLLOW_UP,
              "--corpus",
              LlmSetup.CORPUS,
              "--turn",
              SAID,
              "--hyde-required",
              "--json");

      assertThat(asked.exitCode()).as(asked.err()).isZero();
      List<AnswerEvent> events = Output.events(asked);
      Answer answer = StreamLaws.checkWhole(events);
      assertThat(answer.getText()).isEqualTo("In the cold bucket in Oulu.");
      assertThat(answer.getRewrittenQuestion()).isEqualTo(ALONE);
      assertThat(events.get(1).getRetrieved().getRewrittenQuestion()).isEqualTo(ALONE);
      assertThat(answer.getStagesList())
          .extracting(Stage::getName)
          .startsWith("rewrite", "hyde", "embed", "search");
      assertThat(answer.getStages(0).getDetail()).endsWith(": " + ALONE);
      assertThat(answer.getStages(1).getDetail()).endsWith(": " + PASSAGE);
      assertThat(answer.getWarningsList()).isEmpty();

      List<JsonNode> requests = setup.llm().awaitRequests(3);
      assertThat(requests).hasSize(3);
      assertThat(text(requests.get(0))).contains("User: " + SAID, "\n" + FOLLOW_UP + "\n");
      assertThat(text(requests.get(1))).contains("\n" + ALONE + "\n").doesNotContain(SAID);
      assertThat(text(requests.get(2))).contains("<context>", "\n" + ALONE + "\n");
    }
  }

  @Test
  void retrieve_modelFails_fallsBackToKeyTermsWithAWarning() throws Exception {
    try (ServerProcess server = setup.serve("500");
        RagClient client = RagClient.builder(server.address()).build()) {
      RetrieveResponse found = client.retrieve(followUp());

      assertThat(found.getRewrittenQuestion()).startsWith(FOLLOW_UP).contains("backups");
      assertThat(found.getPassages(0).getChunk().getText()).contains("Oulu");
      assertThat(found.getWarningsList())
          .extracting(Warning::getCode)
          .containsExactly("REWRITE_FAILED");
      assertThat(found.getWarnings(0).getMessage())
          .contains("LLM_FAILED")
          .doesNotContain(LlmSetup.TOKEN);

      var required =
          server.rag(
              "search",
              FOLLOW_UP,
              "--corpus",
              LlmSetup.CORPUS,
              "--turn",
              SAID,
              "--rewrite",
              "llm-required");
      assertThat(required.exitCode()).isEqualTo(1);
      assertThat(required.err()).contains("LLM_FAILED");
    }
  }

  @Test
  void retrieve_modelStalls_goesOnAfterItsShareAndClosesTheConnection() {
    try (ServerProcess server = setup.serve("stall-mid-stream");
        RagClient client =
            RagClient.builder(server.address()).deadline(Duration.ofSeconds(20)).build()) {
      RetrieveResponse found = client.retrieve(followUp());

      assertThat(found.getPassages(0).getChunk().getText()).contains("Oulu");
      assertThat(found.getWarnings(0).getMessage()).contains("DEADLINE_EXCEEDED");
      assertThat(setup.llm().awaitClosed(1)).isEqualTo(1);
    }
  }
}
