package dev.ragline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ragline.document.Metric;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SentenceVectorsTest {
  private static final int DIMENSION = 384;

  private static float[] vector(String text) {
    return Revisions.vector(text, DIMENSION);
  }

  @Test
  void nearest_manyQuestions_isTheBestCosineWithinAHundredth() {
    List<float[]> sentences = IntStream.range(0, 9).mapToObj(i -> vector("sentence " + i)).toList();
    SentenceVectors packed = SentenceVectors.of(sentences);
    for (int q = 0; q < 100; q++) {
      float[] question = vector("question " + q);
      double best =
          sentences.stream()
              .mapToDouble(s -> Vectors.score(Metric.COSINE, question, s))
              .max()
              .orElseThrow();
      assertThat(packed.nearest(question)).as("question %d", q).isCloseTo(best, within(0.01));
    }
  }

  @Test
  void nearest_oneOfThem_isOne() {
    SentenceVectors packed = SentenceVectors.of(List.of(vector("a"), vector("b")));
    assertThat(packed.nearest(vector("b"))).isCloseTo(1, within(0.001));
  }

  @Test
  void ofBytes_itsOwnBytes_areTheSame() {
    SentenceVectors packed = SentenceVectors.of(List.of(vector("a"), vector("b")));
    SentenceVectors read = SentenceVectors.ofBytes(packed.bytes(), DIMENSION);
    assertThat(read.count()).isEqualTo(2);
    assertThat(read.nearest(vector("q"))).isEqualTo(packed.nearest(vector("q")));
    assertThat(SentenceVectors.ofBytes(new byte[0], DIMENSION).count()).isZero();
    assertThatThrownBy(() -> SentenceVectors.ofBytes(new byte[DIMENSION + 1], DIMENSION))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Stored ones of before there were numbers have number 0; who knows of none reads the rest. */
  @Test
  void rules_anyNumber_isReadBackAndChangesNoCosine() {
    List<float[]> sentences = List.of(vector("a"), vector("b"));
    SentenceVectors first = SentenceVectors.of(sentences);
    assertThat(first.rules()).isZero();
    assertThat(SentenceVectors.NONE.rules()).isZero();
    for (int rules = 0; rules < 16; rules++) {
      SentenceVectors packed = SentenceVectors.of(sentences, rules);
      SentenceVectors read = SentenceVectors.ofBytes(packed.bytes(), DIMENSION);
      assertThat(read.rules()).isEqualTo(rules);
      assertThat(read.count()).isEqualTo(2);
      assertThat(read.nearest(vector("q"))).isCloseTo(first.nearest(vector("q")), within(0.005));
    }
    assertThatThrownBy(() -> SentenceVectors.of(sentences, 16))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void of_moreThanAreKept_keepsTheFirst() {
    List<float[]> many = Collections.nCopies(SentenceVectors.MOST + 5, vector("a"));
    assertThat(SentenceVectors.of(many).count()).isEqualTo(SentenceVectors.MOST);
  }
}
