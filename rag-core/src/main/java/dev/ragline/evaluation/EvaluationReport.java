package dev.ragline.evaluation;

import dev.ragline.document.Warning;
import java.util.List;
import java.util.Map;

/**
 * What was measured.
 *
 * @param configurations in the plan's order
 * @param resamples behind each interval
 * @param warnings what is wrong with the questions, whatever the configuration
 */
public record EvaluationReport(List<Result> configurations, int resamples, List<Warning> warnings) {
  /**
   * What one configuration reached.
   *
   * @param metrics what there was to measure
   * @param differences the first configuration's figures subtracted from these; empty at the first
   * @param outcomes in the order of the questions
   * @param warnings each code once
   * @param kinds the same figures over the questions of each kind, as the kinds come up
   */
  public record Result(
      String label,
      Map<Metric, Estimate> metrics,
      Map<Metric, Estimate> differences,
      Latency latency,
      List<Outcome> outcomes,
      List<Warning> warnings,
      List<OfKind> kinds) {
    public Result {
      metrics = Map.copyOf(metrics);
      differences = Map.copyOf(differences);
      outcomes = List.copyOf(outcomes);
      warnings = List.copyOf(warnings);
      kinds = List.copyOf(kinds);
    }
  }

  /**
   * What one configuration reached over the questions of a kind.
   *
   * @param questions how many there are
   * @param metrics what there was to measure
   * @param differences the first configuration's figures subtracted from these; empty at the first
   */
  public record OfKind(
      String kind,
      int questions,
      Map<Metric, Estimate> metrics,
      Map<Metric, Estimate> differences) {
    public OfKind {
      metrics = Map.copyOf(metrics);
      differences = Map.copyOf(differences);
    }
  }

  public EvaluationReport {
    configurations = List.copyOf(configurations);
    warnings = List.copyOf(warnings);
  }
}
