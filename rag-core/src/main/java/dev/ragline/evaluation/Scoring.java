package dev.ragline.evaluation;

import dev.ragline.call.Call;
import dev.ragline.document.Warning;
import dev.ragline.evaluation.EvaluationReport.Result;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes figures of outcomes. */
final class Scoring {
  private static final List<Metric> METRICS = List.of(Metric.values());

  private Scoring() {}

  /**
   * @param outcomes by configuration, then by question
   * @param warnings by configuration
   */
  static EvaluationReport report(
      EvaluationPlan plan, List<List<Outcome>> outcomes, List<List<Warning>> warnings, Call call) {
    List<double[]> columns = new ArrayList<>();
    for (List<Outcome> ofOne : outcomes) {
      for (Metric metric : METRICS) {
        columns.add(column(metric, plan.questions(), ofOne));
      }
    }
    Bootstrap bootstrap = new Bootstrap(columns, plan.seed(), call);
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      results.add(
          new Result(
              plan.configurations().get(i).label(),
              means(bootstrap, i),
              differences(bootstrap, i),
              Latency.of(outcomes.get(i).stream().map(Outcome::elapsed).toList()),
              outcomes.get(i),
              warnings.get(i)));
    }
    return new EvaluationReport(results, Bootstrap.RESAMPLES);
  }

  private static double[] column(Metric metric, List<Question> questions, List<Outcome> outcomes) {
    double[] column = new double[questions.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = metric.value(questions.get(i), outcomes.get(i));
    }
    return column;
  }

  private static Map<Metric, Estimate> means(Bootstrap bootstrap, int configuration) {
    Map<Metric, Estimate> means = new EnumMap<>(Metric.class);
    for (Metric metric : METRICS) {
      int column = column(configuration, metric);
      if (bootstrap.questions(column) > 0) {
        means.put(metric, bootstrap.mean(column));
      }
    }
    return means;
  }

  private static Map<Metric, Estimate> differences(Bootstrap bootstrap, int configuration) {
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
