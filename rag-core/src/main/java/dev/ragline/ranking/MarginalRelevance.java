package dev.ragline.ranking;

import dev.ragline.embedding.Vectors;
import java.util.Arrays;
import java.util.List;

/**
 * Orders passages by maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): the next is
 * the one with the most of {@code lambda * relevance - (1 - lambda) * closeness}, closeness being
 * the largest cosine with a passage that was taken, 0 at least. For one thread.
 */
public final class MarginalRelevance {
  private final double[] relevance;
  private final List<float[]> vectors;
  private final double lambda;
  private final double[] closeness;
  private final boolean[] gone;

  /**
   * Prepares passages, best first.
   *
   * @param relevance 0…1, one a passage
   * @param vectors one a passage
   * @param lambda 0…1
   */
  public MarginalRelevance(double[] relevance, List<float[]> vectors, double lambda) {
    if (relevance.length != vectors.size()) {
      throw new IllegalArgumentException(relevance.length + " and " + vectors.size());
    }
    this.relevance = relevance.clone();
    this.vectors = List.copyOf(vectors);
    this.lambda = lambda;
    this.closeness = new double[relevance.length];
    this.gone = new boolean[relevance.length];
  }

  /** The next passage's index, of equal ones the first; -1 after the last. Each comes once. */
  public int next() {
    int best = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < gone.length; i++) {
      double value = lambda * relevance[i] - (1 - lambda) * closeness[i];
      if (!gone[i] && value > most) {
        best = i;
        most = value;
      }
    }
    if (best >= 0) {
      gone[best] = true;
    }
    return best;
  }

  /** Takes a passage: those that are like it come later. */
  public void take(int index) {
    float[] taken = vectors.get(index);
    Arrays.setAll(
        closeness,
        i ->
            gone[i] ? closeness[i] : Math.max(closeness[i], Vectors.cosine(taken, vectors.get(i))));
  }
}
