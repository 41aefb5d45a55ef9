package dev.ragline.evaluation;

import dev.ragline.call.Call;
import dev.ragline.document.Warning;
import dev.ragline.evaluation.EvaluationReport.OfKind;
import dev.ragline.evaluation.EvaluationReport.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes figures of outcomes: over all questions, and over those of each kind. */
final class Scoring {
  private final EvaluationPlan plan;
  private final List<List<Outcome>> outcomes;
  private final Call call;

  /**
   * @param outcomes by configuration, then by question
   */
  Scoring(EvaluationPlan plan, List<List<Outcome>> outcomes, Call call) {
    this.plan = plan;
    this.outcomes = outcomes;
    this.call = call;
  }

  /**
   * @param warnings by configuration
   * @param ofAll what is wrong with the questions, whatever the configuration
   */
  EvaluationReport report(List<List<Warning>> warnings, List<Warning> ofAll) {
    Comparison all = new Comparison(plan.questions(), outcomes, plan.seed(), call);
    Map<String, List<Integer>> kinds = kinds();
    Map<String, Comparison> byKind = new LinkedHashMap<>();
    kinds.forEach((kind, questions) -> byKind.put(kind, comparison(questions)));
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      int configuration = i;
      List<OfKind> ofKinds =
          byKind.entrySet().stream()
              .map(one -> ofKind(one.getKey(), kinds, one.getValue(), configuration))
              .toList();
      results.add(
          new Result(
              plan.configurations().get(i).label(),
              all.means(i),
              all.differences(i),
              Latency.of(outcomes.get(i).stream().map(Outcome::elapsed).toList()),
              outcomes.get(i),
              warnings.get(i),
              ofKinds));
    }
    return new EvaluationReport(results, Bootstrap.RESAMPLES, ofAll);
  }

  private static OfKind ofKind(
      String kind, Map<String, List<Integer>> kinds, Comparison figures, int configuration) {
    return new OfKind(
        kind,
        kinds.getOrDefault(kind, List.of()).size(),
        figures.means(configuration),
        figures.differences(configuration));
  }

  /** The questions of each kind, as the kinds come up; those of no kind are in none. */
  private Map<String, List<Integer>> kinds() {
    Map<String, List<Integer>> kinds = new LinkedHashMap<>();
    for (int i = 0; i < plan.questions().size(); i++) {
      String kind = plan.questions().get(i).kind();
      if (!kind.isEmpty()) {
        kinds.computeIfAbsent(kind, _ -> new ArrayList<>()).add(i);
      }
    }
    return kinds;
  }

  private Comparison comparison(List<Integer> questions) {
    return new Comparison(
        questions.stream().map(plan.questions()::get).toList(),
        outcomes.stream().map(ofOne -> questions.stream().map(ofOne::get).toList()).toList(),
        plan.seed(),
        call);
  }
}
