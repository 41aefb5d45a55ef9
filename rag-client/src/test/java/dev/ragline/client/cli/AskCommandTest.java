package dev.ragline.client.cli;

import static dev.ragline.client.cli.CommandLineHarness.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import dev.ragline.client.cli.CommandLineHarness.Ended;
import dev.ragline.client.fake.Errors;
import dev.ragline.client.fake.Script;
import dev.ragline.v1.AbstainReason;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.Consistency;
import dev.ragline.v1.ExpandedText;
import dev.ragline.v1.Expansion;
import dev.ragline.v1.Passage;
import dev.ragline.v1.RetrievalMode;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.Selection;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.StreamAskResponse;
import dev.ragline.v1.UnsupportedPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AskCommandTest {
  private static final Passage FIRST =
      Script.passage(1, "a.md", "Storage", "It is stored in MinIO.");
  private static final String OTHER_CHUNK = "corpora/faq/documents/a.md/chunks/2";
  private static final Passage SECOND = Script.passage(2, "b.md", "Logs", "Logs go to etcd.");

  private final CommandLineHarness rag = new CommandLineHarness();

  @AfterEach
  void close() {
    rag.close();
  }

  @Test
  void ask_citedAnswer_numbersStandBehindClaimsAndSourcesBelow() {
    rag.server.answers.events =
        new Script()
            .retrieved(FIRST, SECOND)
            .text("It is stored")
            .text(" in MinIO. ")
            .cite(FIRST, 100, 122)
            .cite(SECOND, 200, 210)
            .unknown()
            .text("Logs go to etcd.\n\nAgain MinIO.")
            .cite(FIRST, 100, 122)
            .cite(FIRST, 100, 122)
            .warning("UNKNOWN_CITATION", "the model cited a passage\nthat is not there")
            .text("\n")
            .complete();

    assertGolden("ask", rag.run("ask", "How is data stored?", "--corpus", "faq"));
  }

  @Test
  void ask_quotedAndNotSure_isShownAsTheClosestPassages() {
    rag.server.answers.events =
        new Script().unsure(FIRST).text("It is stored in MinIO.").cite(FIRST, 100, 122).complete();

    assertThat(rag.run("ask", "Who stores data?", "--corpus", "faq").out())
        .startsWith("Closest passages:\nIt is stored in MinIO. [1]\n");
  }

  @Test
  void ask_writtenByAModelAndNotSure_isTheAnswer() {
    rag.server.answers.events =
        new Script("gpt").unsure(FIRST).text("It is stored in MinIO.").complete();

    assertThat(rag.run("ask", "Who stores data?", "--corpus", "faq").out())
        .isEqualTo("It is stored in MinIO.\n");
  }

  @Test
  void ask_notSureAndNothingQuoted_hasNoTitle() {
    rag.server.answers.events =
        new Script().unsure(FIRST).abstain(AbstainReason.ABSTAIN_REASON_NO_RELEVANT_PASSAGE);

    assertThat(rag.run("ask", "Who stores data?", "--corpus", "faq").out()).isEmpty();
  }

  @Test
  void ask_modelFoundNoAnswer_saysSo() {
    rag.server.answers.events =
        new Script("gpt").unsure(FIRST).abstain(AbstainReason.ABSTAIN_REASON_NOT_IN_PASSAGES);
    Ended ended = rag.run("ask", "Who stores data?", "--corpus", "faq");

    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.err()).contains("the language model found none in the passages");
  }

  @Test
  void ask_unsupportedSentences_areListedBelow() {
    rag.server.answers.events =
        new Script()
            .retrieved(FIRST)
            .text("It is stored in MinIO. Bananas are\nyellow.")
            .sentence("It is stored in MinIO.", 1, false)
            .sentence("Bananas are\nyellow.", 0.125, true)
            .warning("UNSUPPORTED_ANSWER", "the passages support no sentence of the answer")
            .complete();

    assertGolden("ask-unsupported", rag.run("ask", "How is data stored?", "--corpus", "faq"));
  }

  @Test
  void ask_unsupportedAbstain_asksForItAndSaysWhy() {
    rag.server.answers.events =
        new Script().abstain(AbstainReason.ABSTAIN_REASON_NOTHING_SUPPORTED);

    Ended ended = rag.run("ask", "q", "--corpus", "faq", "--unsupported", "abstain");

    assertThat(Objects.requireNonNull(rag.server.answers.asked).getGrounding().getUnsupported())
        .isEqualTo(UnsupportedPolicy.UNSUPPORTED_POLICY_ABSTAIN);
    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.err()).contains("not supported by any passage (NOTHING_SUPPORTED)");
    assertThat(rag.run("ask", "q", "--corpus", "faq", "--unsupported", "hide").exitCode())
        .isEqualTo(2);
  }

  @Test
  void ask_onATerminal_coloursNumbersUnlessNoColorIsSet() {
    rag.server.answers.events =
        new Script().retrieved(FIRST).text("Yes.").cite(FIRST, 100, 122).complete();
    Shell.Terminals watched = new Shell.Terminals(true, true);

    Ended coloured = rag.run(rag.shell(watched), "ask", "q", "--corpus", "faq");
    assertThat(coloured.out()).contains("Yes. \u001b[36m[1]\u001b[0m");
    assertThat(coloured.err()).isEqualTo("rag: reading Title of a.md\n");

    rag.with("NO_COLOR", "1");
    assertThat(rag.run(rag.shell(watched), "ask", "q", "--corpus", "faq").out())
        .contains("Yes. [1]");
  }

  @Test
  void ask_textThatCommandsATerminal_isMadeHarmless() {
    rag.server.answers.events = new Script().text("a\u001b]0;owned\u0007b").complete();

    assertThat(rag.run("ask", "q", "--corpus", "faq").out()).isEqualTo("a\uFFFD]0;owned\uFFFDb\n");
  }

  @Test
  void ask_json_isTheEventsOneALine() throws Exception {
    List<AnswerEvent> script =
        new Script().retrieved(FIRST).text("Ja, \"so\"\n").cite(FIRST, 100, 122).complete();
    rag.server.answers.events = script;

    Ended ended = rag.run("ask", "q", "--corpus", "faq", "--json");

    List<AnswerEvent> printed = new ArrayList<>();
    for (String line : ended.outLines()) {
      StreamAskResponse.Builder response = StreamAskResponse.newBuilder();
      JsonFormat.parser().merge(line, response);
      printed.add(response.getEvent());
    }
    assertThat(printed).isEqualTo(script);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
  }

  @Test
  void ask_options_reachTheServer() {
    rag.server.answers.events = new Script().complete();

    rag.run("ask", "How", "is", "--limit", "7", "--mode", "Lexical", "it?", "--corpus=corpora/x");

    StreamAskRequest asked = Objects.requireNonNull(rag.server.answers.asked);
    assertThat(asked.getQuestion()).isEqualTo("How is it?");
    assertThat(asked.getCorpus()).isEqualTo("corpora/x");
    assertThat(asked.getRetrieval().getLimit()).isEqualTo(7);
    assertThat(asked.getRetrieval().getMode()).isEqualTo(RetrievalMode.RETRIEVAL_MODE_LEXICAL);
    assertThat(asked.getRetrieval().getConsistency())
        .isEqualTo(Consistency.CONSISTENCY_UNSPECIFIED);
    assertThat(asked.getRetrieval().getConsistencyToken()).isEmpty();
  }

  @Test
  void ask_selection_reachesTheServer() {
    rag.server.answers.events = new Script().complete();

    rag.run(
        ("ask q --corpus x --min-score 0.3 --mmr 0.7 --max-per-document 2 --collapse"
                + " --neighbors 1 --section --expand-tokens 300")
            .split(" "));

    RetrievalSpec asked = Objects.requireNonNull(rag.server.answers.asked).getRetrieval();
    assertThat(asked.getSelection())
        .isEqualTo(
            Selection.newBuilder()
                .setMinScore(0.3)
                .setMmrLambda(0.7)
                .setMaxPerDocument(2)
                .setCollapse(true)
                .build());
    assertThat(asked.getExpansion())
        .isEqualTo(
            Expansion.newBuilder().setNeighbors(1).setSection(true).setMaxTokens(300).build());
  }

  @Test
  void ask_expansion_isTheServersChoiceUnlessItIsSaid() {
    rag.server.answers.events = new Script().complete();

    rag.run("ask", "q", "--corpus", "x");
    RetrievalSpec usual = Objects.requireNonNull(rag.server.answers.asked).getRetrieval();
    rag.run("ask", "q", "--corpus", "x", "--section=false");
    RetrievalSpec none = Objects.requireNonNull(rag.server.answers.asked).getRetrieval();

    assertThat(usual.hasSelection() || usual.hasExpansion()).isFalse();
    assertThat(none.hasExpansion()).isTrue();
    assertThat(none.getExpansion()).isEqualTo(Expansion.getDefaultInstance());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--min-score NaN",
        "--mmr 1.1",
        "--max-per-document 0",
        "--neighbors 51",
        "--section --expand-tokens 0",
        "--expand-tokens 300"
      })
  void ask_selectionOutOfBounds_isWrongUsage(String options) {
    Ended ended = rag.run(("ask q --corpus x " + options).split(" "));

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).contains("--").hasLineCount(1);
    assertThat(rag.server.answers.asked).isNull();
  }

  @Test
  void ask_citationOfAnExpandedPassage_namesItsDocument() {
    Passage expanded =
        FIRST.toBuilder().setExpanded(ExpandedText.newBuilder().addChunks(OTHER_CHUNK)).build();
    Passage around =
        FIRST.toBuilder().setChunk(FIRST.getChunk().toBuilder().setName(OTHER_CHUNK)).build();
    rag.server.answers.events =
        new Script().retrieved(expanded).text("Yes.").cite(around, 300, 310).complete();

    Ended ended = rag.run("ask", "q", "--corpus", "faq");

    assertThat(ended.out()).contains("[1] ", FIRST.getDocument().getTitle(), "bytes 300-310");
  }

  @Test
  void ask_consistency_reachesTheServer() {
    rag.server.answers.events = new Script().complete();

    rag.run(
        "ask", "q", "--corpus", "x", "--consistency", "bounded", "--consistency-token", "a-b_c");

    StreamAskRequest asked = Objects.requireNonNull(rag.server.answers.asked);
    assertThat(asked.getRetrieval().getConsistency()).isEqualTo(Consistency.CONSISTENCY_BOUNDED);
    assertThat(asked.getRetrieval().getConsistencyToken()).isEqualTo("a-b_c");
    assertThat(rag.run("ask", "q", "--corpus", "x", "--consistency", "best").exitCode())
        .isEqualTo(2);
  }

  @Test
  void ask_warningInTheStreamAndInTheAnswer_isSaidOnce() {
    List<AnswerEvent> script = new Script().text("Yes.").warning("CODE", "no words").complete();
    rag.server.answers.events = script;
    assertThat(script.getLast().getCompleted().getAnswer().getWarningsCount()).isEqualTo(1);

    assertThat(rag.run("ask", "q", "--corpus", "faq").err())
        .isEqualTo("rag: warning: no words (CODE)\n");
  }

  @Test
  void ask_abstained_saysWhyAndExitsWith4() {
    rag.server.answers.events =
        new Script().abstain(AbstainReason.ABSTAIN_REASON_NO_RELEVANT_PASSAGE);

    assertGolden("ask-abstained", rag.run("ask", "q", "--corpus", "faq"));
    assertThat(rag.run("ask", "q", "--corpus", "faq", "--json").exitCode()).isEqualTo(4);
  }

  @Test
  void ask_modelCutOff_isSaid() {
    rag.server.answers.events = new Script().text("Half an").interrupted();

    assertGolden("ask-interrupted", rag.run("ask", "q", "--corpus", "faq"));
  }

  @Test
  void ask_modelUnavailable_exitsWith1() {
    rag.server.answers.events = new Script().text("Half").cut();
    rag.server.answers.failure = Errors.modelUnavailable();

    Ended ended = rag.run("ask", "q", "--corpus", "faq");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err())
        .isEqualTo(
            "rag: the language model cannot be reached; try again in 2s (LLM_UNREACHABLE)\n");
  }

  @Test
  void ask_streamWithoutItsEnd_exitsWith1() {
    rag.server.answers.events = new Script().text("Half").cut();

    assertThat(rag.run("ask", "q", "--corpus", "faq").exitCode()).isEqualTo(1);
  }

  @Test
  void ask_timeout_namesTheOption() {
    rag.server.answers.endless = true;

    Ended ended = rag.run("ask", "q", "--corpus", "faq", "--timeout", "1s");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("within 1s; --timeout allows longer (DEADLINE_EXCEEDED)");
  }

  @Test
  void ask_interrupted_cancelsUpstreamAndExitsWith130() throws Exception {
    rag.server.answers.events = new Script().text("Half").cut();
    rag.server.answers.endless = true;
    Shell shell = rag.shell();
    CompletableFuture<Ended> running =
        CompletableFuture.supplyAsync(() -> rag.run(shell, "ask", "q", "--corpus", "faq"));
    assertThat(rag.server.answers.started.await(30, TimeUnit.SECONDS)).isTrue();

    shell.interrupt();

    assertThat(running.get(30, TimeUnit.SECONDS).exitCode()).isEqualTo(130);
    assertThat(rag.server.answers.cancelled.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void answer_heldByTheServer_isShownAsAskDid() {
    List<AnswerEvent> script =
        new Script()
            .retrieved(FIRST, SECOND)
            .text("Grüße: it is stored in MinIO. ")
            .cite(FIRST, 100, 122)
            .text("Logs go to etcd.")
            .warning("CODE", "no words")
            .complete();
    rag.server.answers.events = script;
    rag.server.answers.finished = script.getLast().getCompleted().getAnswer();
    Ended asked = rag.run("ask", "q", "--corpus", "faq");

    assertThat(rag.run("answer", "corpora/faq/answers/1")).isEqualTo(asked);
    assertThat(rag.run("answer", "1", "--corpus", "faq").err()).isEqualTo(asked.err());
    assertThat(rag.run("answer", "1", "--corpus", "faq", "--json").outLines()).hasSize(1);
  }

  @Test
  void answer_notHeld_exitsWith1() {
    Ended ended = rag.run("answer", "corpora/faq/answers/2");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err())
        .isEqualTo("rag: this server does not hold the answer (ANSWER_NOT_HELD)\n");
    assertThat(rag.run("answer", "2").exitCode()).isEqualTo(2);
  }

  @Test
  void answer_abstained_exitsWith4() {
    List<AnswerEvent> script =
        new Script().abstain(AbstainReason.ABSTAIN_REASON_NO_RELEVANT_PASSAGE);
    rag.server.answers.finished = script.getLast().getCompleted().getAnswer();

    assertThat(rag.run("answer", "corpora/faq/answers/1").exitCode()).isEqualTo(4);
  }
}
