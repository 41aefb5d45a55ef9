package dev.ragline.embedding.onnx;

import dev.ragline.embedding.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * The vector of a text that was read window by window: the mean of the windows' vectors, each of
 * length 1 and counted as often as its window has tokens, special ones included. Keeps sums only.
 */
final class WindowMean {
  private float @Nullable [] first;
  private double @Nullable [] sum;
  private double total;
  private int windows;

  /** Adds a window's vector of length 1. */
  void add(float[] vector, int tokens) {
    if (first == null || sum == null) {
      first = vector;
      sum = new double[vector.length];
    }
    for (int d = 0; d < vector.length; d++) {
      sum[d] += (double) vector[d] * tokens;
    }
    total += tokens;
    windows++;
  }

  /** The text's vector, of length 1; at least one window was added. */
  float[] vector() {
    if (first == null || sum == null) {
      throw new IllegalStateException("a text without a window");
    }
    if (windows == 1) {
      return first;
    }
    float[] mean = new float[sum.length];
    for (int d = 0; d < mean.length; d++) {
      mean[d] = (float) (sum[d] / total);
    }
    return Vectors.normalize(mean);
  }
}
