package dev.ragline.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.client.RagClient;
import dev.ragline.client.cli.CommandLineHarness.Ended;
import dev.ragline.client.fake.Script;
import dev.ragline.v1.AbstainReason;
import dev.ragline.v1.Corpus;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code --threshold}, wherever it stands. */
@Timeout(60)
class ThresholdTest {
  private final CommandLineHarness rag = new CommandLineHarness();

  @AfterEach
  void close() {
    rag.close();
  }

  private Corpus corpus() {
    try (RagClient client = RagClient.builder(rag.server.address()).build()) {
      return client.getCorpus("corpora/faq");
    }
  }

  private void createCorpus() {
    try (RagClient client = RagClient.builder(rag.server.address()).build()) {
      var unused = client.createCorpus("faq", Corpus.newBuilder().setDisplayName("FAQ").build());
    }
  }

  @Test
  void ask_threshold_isSent() {
    rag.server.answers.events =
        new Script().abstain(AbstainReason.ABSTAIN_REASON_FILTER_MATCHES_NOTHING);
    Ended ended = rag.run("ask", "q", "--corpus", "faq", "--threshold", "0.25");
    assertThat(ended.exitCode()).isEqualTo(4);
    assertThat(ended.err()).contains("(FILTER_MATCHES_NOTHING)");
    assertThat(Objects.requireNonNull(rag.server.answers.asked).getGrounding().getThreshold())
        .isEqualTo(0.25);
  }

  @Test
  void ask_noThreshold_leavesItToTheCorpus() {
    rag.server.answers.events = new Script().text("Yes.").complete();
    var unused = rag.run("ask", "q", "--corpus", "faq");
    assertThat(Objects.requireNonNull(rag.server.answers.asked).hasGrounding()).isFalse();
  }

  @Test
  void corpusUpdate_threshold_isSetAndTakenBack() {
    createCorpus();
    assertThat(rag.run("corpus", "update", "faq", "--threshold", "0.3").out())
        .isEqualTo("updated corpora/faq\n");
    assertThat(corpus().getGrounding().getThreshold()).isEqualTo(0.3);
    assertThat(corpus().getDisplayName()).isEqualTo("FAQ");
    assertThat(rag.run("corpus", "show", "faq").out()).contains("threshold").contains("0.3");
    assertThat(rag.run("corpus", "update", "faq", "--usual-threshold").exitCode()).isZero();
    assertThat(corpus().getGrounding().hasThreshold()).isFalse();
  }

  @Test
  void anyCommand_wrongUse_exitsWith2() {
    assertThat(rag.run("ask", "q", "--corpus", "faq", "--threshold", "1.5").exitCode())
        .isEqualTo(2);
    assertThat(rag.run("corpus", "update", "faq").exitCode()).isEqualTo(2);
    assertThat(
            rag.run("corpus", "update", "faq", "--threshold", "0.3", "--usual-threshold")
                .exitCode())
        .isEqualTo(2);
  }
}
