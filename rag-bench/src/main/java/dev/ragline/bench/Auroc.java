package dev.ragline.bench;

import java.util.Arrays;

/** The area under the ROC curve. */
final class Auroc {
  private Auroc() {}

  /** The chance that one of the first is more than one of the others; ties count half. */
  static double of(double[] own, double[] others) {
    double[] sorted = others.clone();
    Arrays.sort(sorted);
    double wins = 0;
    for (double one : own) {
      int below = from(sorted, one);
      wins += below + (from(sorted, Math.nextUp(one)) - below) / 2.0;
    }
    return wins / own.length / others.length;
  }

  /** How many are less than a value. */
  private static int from(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
