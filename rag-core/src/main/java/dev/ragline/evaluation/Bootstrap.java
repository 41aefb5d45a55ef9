package dev.ragline.evaluation;

import dev.ragline.call.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * Intervals of means by the bootstrap (Efron 1979): the questions are drawn anew with replacement,
 * and the middle 95 % of the means so found is the interval (percentile method). All columns see
 * the same draws, so that the interval of a difference is a paired one.
 */
final class Bootstrap {
  /** Enough for the interval's ends to be steady in the second decimal. */
  static final int RESAMPLES = 1000;

  private static final double[] ENDS = {0.025, 0.975};
  private static final Quantile QUANTILE =
      Quantile.withDefaults().with(Quantile.EstimationMethod.HF7);

  /** A value for each question; NaN for a question that says nothing. */
  private final List<double[]> columns;

  /** By column, then by resample. */
  private final List<double[]> means = new ArrayList<>();

  private final double[] overAll;

  /**
   * Resamples.
   *
   * @param columns of one length, at least 1
   */
  Bootstrap(List<double[]> columns, long seed, Call call) {
    this.columns = List.copyOf(columns);
    int questions = columns.getFirst().length;
    int[] once = new int[questions];
    Arrays.fill(once, 1);
    this.overAll = columns.stream().mapToDouble(column -> mean(column, once)).toArray();
    columns.forEach(column -> means.add(new double[RESAMPLES]));
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < RESAMPLES; i++) {
      call.check("resample");
      int[] drawn = new int[questions];
      for (int j = 0; j < questions; j++) {
        drawn[random.nextInt(questions)]++;
      }
      for (int column = 0; column < columns.size(); column++) {
        means.get(column)[i] = mean(columns.get(column), drawn);
      }
    }
  }

  private static double mean(double[] column, int[] times) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < column.length; i++) {
      if (times[i] > 0 && !Double.isNaN(column[i])) {
        sum += times[i] * column[i];
        count += times[i];
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /** How many questions say something in a column. */
  int questions(int column) {
    return (int) Arrays.stream(columns.get(column)).filter(value -> !Double.isNaN(value)).count();
  }

  /** The mean of a column, which is not all NaN. */
  Estimate mean(int column) {
    return estimate(overAll[column], means.get(column), questions(column));
  }

  /** The mean of a column less that of another, neither all NaN. */
  Estimate difference(int column, int from) {
    double[] differences = new double[RESAMPLES];
    Arrays.setAll(differences, i -> means.get(column)[i] - means.get(from)[i]);
    return estimate(overAll[column] - overAll[from], differences, questions(column));
  }

  /** Draws that happened to hold no question that says something are left out. */
  private static Estimate estimate(double value, double[] resampled, int questions) {
    double[] seen = Arrays.stream(resampled).filter(mean -> !Double.isNaN(mean)).toArray();
    double[] ends = QUANTILE.evaluate(seen, ENDS);
    return new Estimate(value, ends[0], ends[1], questions);
  }
}
