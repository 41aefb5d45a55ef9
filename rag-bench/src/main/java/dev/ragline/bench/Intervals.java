package dev.ragline.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Figures with their 95 % intervals, by the bootstrap (Efron 1979), percentile method. */
final class Intervals {
  private static final int RESAMPLES = 1000;
  private static final double TAIL = 0.025;

  private Intervals() {}

  /** A share of questions. */
  static String share(List<Boolean> yes) {
    SplittableRandom random = new SplittableRandom(1);
    double[] resampled = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      int count = 0;
      for (int j = 0; j < yes.size(); j++) {
        count += yes.get(random.nextInt(yes.size())) ? 1 : 0;
      }
      resampled[i] = count / (double) yes.size();
    }
    double share = yes.stream().filter(one -> one).count() / (double) yes.size();
    return format(share, resampled, 3);
  }

  /** A figure with what resampling made of it. */
  static String format(double value, double[] resampled, int digits) {
    double[] sorted = resampled.clone();
    Arrays.sort(sorted);
    int low = (int) Math.floor(TAIL * (sorted.length - 1));
    int high = (int) Math.ceil((1 - TAIL) * (sorted.length - 1));
    String number = "%." + digits + "f";
    return String.format(
        Locale.ROOT, number + " (" + number + "-" + number + ")", value, sorted[low], sorted[high]);
  }
}
