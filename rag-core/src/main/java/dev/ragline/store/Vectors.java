package dev.ragline.store;

import dev.ragline.document.Corpus;
import dev.ragline.document.Metric;
import dev.ragline.document.RagException;

/** Scores vectors, and keeps out those that have none. */
public final class Vectors {
  private Vectors() {}

  /**
   * Checks a vector against its corpus.
   *
   * @throws RagException INVALID_ARGUMENT when it has another dimension, a component that is not
   *     finite, or, where only directions are compared, none
   */
  public static void requireUsable(float[] vector, Corpus corpus) {
    int dimension = corpus.embeddingModel().dimension();
    if (vector.length != dimension) {
      throw RagException.invalid(
          "vector",
          "it has %d components, those of corpus %s have %d"
              .formatted(vector.length, corpus.id(), dimension));
    }
    boolean zero = true;
    for (float component : vector) {
      if (!Float.isFinite(component)) {
        throw RagException.invalid("vector", "a component is not finite");
      }
      zero &= component == 0;
    }
    if (zero && corpus.metric() == Metric.COSINE) {
      throw RagException.invalid("vector", "a vector of zeros has no direction");
    }
  }

  /** How close two vectors are; higher is closer. Always the same for the same, bit for bit. */
  public static double score(Metric metric, float[] a, float[] b) {
    return switch (metric) {
      case IP -> product(a, b);
      case COSINE -> product(a, b) / Math.sqrt(product(a, a) * product(b, b));
      case L2 -> 1 / (1 + squaredDistance(a, b));
    };
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static double squaredDistance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }
}
