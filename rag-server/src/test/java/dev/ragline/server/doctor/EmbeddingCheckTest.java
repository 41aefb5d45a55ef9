package dev.ragline.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.RagException;
import dev.ragline.embedding.Embedder;
import dev.ragline.embedding.QuestionEmbedding;
import dev.ragline.testing.FakeEmbedder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EmbeddingCheckTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Makes another vector of a passage's vector, which came with so many in one request. */
  @FunctionalInterface
  private interface Twist {
    float[] of(float[] vector, int together);
  }

  /** Twists the vectors of passages. */
  private record Twisted(Embedder embedder, Twist twist) implements Embedder {
    @Override
    public EmbeddingModel model() {
      return embedder.model();
    }

    @Override
    public boolean computesHere() {
      return true;
    }

    @Override
    public int countTokens(String text) {
      return embedder.countTokens(text);
    }

    @Override
    public List<float[]> embedPassages(List<String> texts, Call call) {
      return embedder.embedPassages(texts, call).stream()
          .map(vector -> twist.of(vector, texts.size()))
          .toList();
    }

    @Override
    public QuestionEmbedding embedQuestion(String question, Call call) {
      return embedder.embedQuestion(question, call);
    }

    @Override
    public void close() {
      embedder.close();
    }
  }

  private static Checked examine(Twist twist) {
    return examine(new Twisted(new FakeEmbedder(), twist));
  }

  private static float[] axis(int at) {
    float[] vector = new float[64];
    vector[at] = 1;
    return vector;
  }

  private static Checked examine(OpenedEmbedder opened) {
    EmbeddingCheck check = new EmbeddingCheck("embedding", () -> "here", "onnx", call -> opened);
    return Doctor.examine(List.of(check), LIMIT).getFirst();
  }

  private static Checked examine(Embedder embedder) {
    return examine(new OpenedEmbedder(embedder, "mean", "query: ", "", null));
  }

  private static String problem(Checked checked) {
    assertThat(checked.isWell()).isFalse();
    assertThat(checked.findings()).hasSize(1);
    return checked.findings().getFirst().text();
  }

  @Test
  void examine_goodModel_isDescribedAndClosed() {
    FakeEmbedder embedder = new FakeEmbedder();

    Checked checked = examine(embedder);

    assertThat(checked.findings()).isEmpty();
    assertThat(checked.isWell()).isTrue();
    assertThat(checked.facts())
        .containsEntry(Fact.MODEL, "fake-embedder")
        .containsEntry(Fact.WINDOW, "256")
        .containsEntry(Fact.DIMENSION, "64")
        .containsEntry(Fact.POOLING, "mean")
        .containsEntry(Fact.PREFIXES, "\"query: \" / none");
    assertThat(embedder.isClosed()).isTrue();
  }

  @Test
  void examine_anotherVectorEachTime_saysSo() {
    AtomicInteger calls = new AtomicInteger();

    Checked checked =
        examine((vector, together) -> together == 1 ? axis(calls.getAndIncrement()) : vector);

    assertThat(checked.answers()).isTrue();
    assertThat(problem(checked)).contains("another vector each time (cosine 0.000)");
  }

  @Test
  void examine_anotherVectorAmongOthers_saysSo() {
    Checked checked = examine((vector, together) -> together == 1 ? axis(5) : vector);

    assertThat(problem(checked)).contains("than in one request with others", "batch-size");
  }

  @Test
  void examine_allPassagesAlike_blamesPoolingAndPrefixes() {
    Checked checked = examine((vector, together) -> axis(3));

    assertThat(problem(checked)).contains("is not nearer to its answer", "pooling or the prefixes");
  }

  @Test
  void examine_longTextRefused_saysWhatToSet() {
    Checked checked =
        examine(
            new OpenedEmbedder(
                new FakeEmbedder(),
                "",
                "",
                "",
                (text, call) -> {
                  throw RagException.invalid("input", "too many tokens");
                }));

    assertThat(checked.answers()).isTrue();
    assertThat(problem(checked))
        .contains("A text of 254 tokens", "too many tokens", "Set embedding.max-tokens");
  }

  @Test
  void examine_longTextCut_saysThatItsEndIsNotRead() {
    FakeEmbedder embedder = new FakeEmbedder();
    Checked cut =
        examine(
            new OpenedEmbedder(
                embedder,
                "",
                "",
                "",
                (text, call) ->
                    embedder.embedPassages(List.of(text.substring(0, 600)), call).getFirst()));
    assertThat(problem(cut)).contains("The end of a text of 254 tokens is not read");

    Checked whole =
        examine(
            new OpenedEmbedder(
                embedder,
                "",
                "",
                "",
                (text, call) -> embedder.embedPassages(List.of(text), call).getFirst()));
    assertThat(whole.findings()).isEmpty();
  }

  @Test
  void alikeUpToTheEnd_fillTheWindowAndDifferAtTheirEnds() {
    FakeEmbedder embedder = new FakeEmbedder();
    for (int tokens : List.of(8, 16, 100, 510, 8190)) {
      List<String> texts = KnownPairs.alikeUpToTheEnd(tokens, embedder::countTokens);
      assertThat(texts).doesNotHaveDuplicates();
      assertThat(texts)
          .allSatisfy(text -> assertThat(embedder.countTokens(text)).isEqualTo(tokens));
    }
  }
}
