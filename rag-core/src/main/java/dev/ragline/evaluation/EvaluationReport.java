package dev.ragline.evaluation;

import dev.ragline.document.Warning;
import java.util.List;
import java.util.Map;

/**
 * What was measured.
 *
 * @param configurations in the plan's order
 * @param resamples behind each interval
 */
public record EvaluationReport(List<Result> configurations, int resamples) {
  /**
   * What one configuration reached.
   *
   * @param metrics what there was to measure
   * @param differences the first configuration's figures subtracted from these; empty at the first
   * @param outcomes in the order of the questions
   * @param warnings each code once
   */
  public record Result(
      String label,
      Map<Metric, Estimate> metrics,
      Map<Metric, Estimate> differences,
      Latency latency,
      List<Outcome> outcomes,
      List<Warning> warnings) {
    public Result {
      metrics = Map.copyOf(metrics);
      differences = Map.copyOf(differences);
      outcomes = List.copyOf(outcomes);
      warnings = List.copyOf(warnings);
    }
  }

  public EvaluationReport {
    configurations = List.copyOf(configurations);
  }
}
