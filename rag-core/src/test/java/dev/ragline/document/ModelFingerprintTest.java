package dev.ragline.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFingerprintTest {
  private static float[] random(Random random, int dimension) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  /** A vector at about {@code cosine} to another one. */
  private static float[] near(float[] vector, double cosine, Random random) {
    float[] noise = random(random, vector.length);
    double share = Math.sqrt(1 - cosine * cosine) / cosine;
    float[] near = vector.clone();
    for (int i = 0; i < near.length; i++) {
      near[i] += (float) (share * noise[i]);
    }
    return near;
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 384, 1024})
  void match_vectorsOfOneModel_differInRounding(int dimension) {
    Random random = new Random(dimension);
    for (int i = 0; i < 200; i++) {
      float[] vector = random(random, dimension);
      String one = ModelFingerprint.of("m", vector);
      assertThat(one).matches("[0-9a-f]{64}-[0-9a-f]{32}");
      assertThat(ModelFingerprint.match(one, ModelFingerprint.of("m", near(vector, .999, random))))
          .isTrue();
      assertThat(ModelFingerprint.match(one, ModelFingerprint.of("m", random(random, dimension))))
          .isFalse();
      assertThat(ModelFingerprint.match(one, ModelFingerprint.of("n", vector))).isFalse();
    }
  }

  @Test
  void of_sameVector_isTheSameForEver() {
    assertThat(ModelFingerprint.of("m", new float[] {1, -2, 3, -4}))
        .isEqualTo(
            "62c66a7a5dd70c3146618063c344e531e6d4b59e379808443ce962b3abd63c5a-075950d0a43a911560d02014c6575393");
  }

  @Test
  void match_digestsOfWeights_areTheSameOrNot() {
    assertThat(ModelFingerprint.match("a", "a")).isTrue();
    assertThat(ModelFingerprint.match("a", "b")).isFalse();
  }

  @Test
  void canServe_corpusOfAnEarlierVersion_isKnownByItsFormerFingerprint() {
    EmbeddingModel serving = new EmbeddingModel("m", "new", 2, 512, Set.of("old"));
    for (String fingerprint : List.of("new", "old")) {
      assertThat(serving.canServe(new EmbeddingModel("m", fingerprint, 2, 256))).isTrue();
    }
    assertThat(serving.canServe(new EmbeddingModel("m", "other", 2, 512))).isFalse();
    assertThat(serving.canServe(new EmbeddingModel("m", "new", 3, 512))).isFalse();
  }
}
