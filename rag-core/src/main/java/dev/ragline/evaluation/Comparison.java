package dev.ragline.evaluation;

import dev.ragline.call.Call;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The figures of all configurations over some questions, resampled together. */
final class Comparison {
  private static final List<Metric> METRICS = List.of(Metric.values());

  private final Bootstrap bootstrap;

  /**
   * @param questions at least one
   * @param outcomes by configuration, then by question
   */
  Comparison(List<Question> questions, List<List<Outcome>> outcomes, long seed, Call call) {
    List<double[]> columns = new ArrayList<>();
    for (List<Outcome> ofOne : outcomes) {
      for (Metric metric : METRICS) {
        columns.add(column(metric, questions, ofOne));
      }
    }
    this.bootstrap = new Bootstrap(columns, seed, call);
  }

  private static double[] column(Metric metric, List<Question> questions, List<Outcome> outcomes) {
    double[] column = new double[questions.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = metric.value(questions.get(i), outcomes.get(i));
    }
    return column;
  }

  /** What there was to measure of a configuration. */
  Map<Metric, Estimate> means(int configuration) {
    Map<Metric, Estimate> means = new EnumMap<>(Metric.class);
    for (Metric metric : METRICS) {
      int column = column(configuration, metric);
      if (bootstrap.questions(column) > 0) {
        means.put(metric, bootstrap.mean(column));
      }
    }
    return means;
  }

  /** The first configuration's figures subtracted from another's; empty for the first. */
  Map<Metric, Estimate> differences(int configuration) {
    Map<Metric, Estimate> differences = new EnumMap<>(Metric.class);
    if (configuration == 0) {
      return differences;
    }
    for (Metric metric : METRICS) {
      int column = column(configuration, metric);
      int first = column(0, metric);
      if (bootstrap.questions(column) > 0 && bootstrap.questions(first) > 0) {
        differences.put(metric, bootstrap.difference(column, first));
      }
    }
    return differences;
  }

  private static int column(int configuration, Metric metric) {
    return configuration * METRICS.size() + METRICS.indexOf(metric);
  }
}
