package dev.ragline.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.testing.FakeReranker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RerankerCheckTest {
  private static Checked examine(double... scores) {
    FakeReranker reranker = new FakeReranker();
    reranker.behave((passages, call) -> scores);
    RerankerCheck check =
        new RerankerCheck("reranker", "models/reranker", "onnx", call -> reranker);
    return Doctor.examine(List.of(check), Duration.ofSeconds(30)).getFirst();
  }

  @Test
  void examine_answerFirst_isWell() {
    Checked checked = examine(0.9, 0.1, 0.2);

    assertThat(checked.isWell()).isTrue();
    assertThat(checked.where()).isEqualTo("models/reranker");
    assertThat(checked.facts()).containsEntry(Fact.MODEL, "fake-reranker");
  }

  @Test
  void examine_answerNotFirst_saysThatGoodPassagesGoLast() {
    for (double[] scores : new double[][] {{0.5, 0.1, 0.5}, {0.1, 0.9, 0}, {Double.NaN, 0, 0}}) {
      Checked checked = examine(scores);

      assertThat(checked.isWell()).isFalse();
      assertThat(checked.findings().getFirst().text()).contains("good passages will be put last");
    }
  }
}
