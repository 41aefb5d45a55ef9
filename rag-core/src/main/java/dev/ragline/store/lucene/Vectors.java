package dev.ragline.store.lucene;

import dev.ragline.document.Corpus;
import dev.ragline.document.Metric;
import dev.ragline.document.RagException;

/** Keeps out vectors that have no score. */
final class Vectors {
  private Vectors() {}

  /**
   * Checks a vector against its corpus.
   *
   * @throws RagException INVALID_ARGUMENT when it has another dimension, a component that is not
   *     finite, or, where only directions are compared, none
   */
  static void requireUsable(float[] vector, Corpus corpus) {
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
}
