package dev.ragline.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Figures with their 95 % intervals, by the bootstrap (Efron 1979), percentile method. */
final class Intervals {
  private static final int RESAMPLES = 1000;
  private static final double TAIL = 0.025;

  private Intervals() {}

  /** A share of questions. */
  static String share(List<Boolean> yes) {
    return of(yes, sample -> Collections.frequency(sample, true) / (double) sample.size(), 3);
  }

  /** A figure of a sample. */
  static <T> String of(List<T> sample, ToDoubleFunction<List<T>> figure, int digits) {
    SplittableRandom random = new SplittableRandom(1);
    double[] resampled = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      List<T> drawn = new ArrayList<>(sample.size());
      for (int j = 0; j < sample.size(); j++) {
        drawn.add(sample.get(random.nextInt(sample.size())));
      }
      resampled[i] = figure.applyAsDouble(drawn);
    }
    return format(figure.applyAsDouble(sample), resampled, digits);
  }

  /** A figure with what resampling made of it. */
  private static String format(double value, double[] resampled, int digits) {
    double[] sorted = resampled.clone();
    Arrays.sort(sorted);
    int low = (int) Math.floor(TAIL * (sorted.length - 1));
    int high = (int) Math.ceil((1 - TAIL) * (sorted.length - 1));
    String number = "%." + digits + "f";
    return String.format(
        Locale.ROOT, number + " (" + number + "-" + number + ")", value, sorted[low], sorted[high]);
  }
}
