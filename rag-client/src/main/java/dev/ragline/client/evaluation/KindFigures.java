package dev.ragline.client.evaluation;

import dev.ragline.v1.ConfigurationResult;
import dev.ragline.v1.Estimate;
import dev.ragline.v1.EvaluationMetrics;
import dev.ragline.v1.KindResult;
import java.util.List;
import java.util.stream.Collectors;

/** The figures by kind of question, a kind and configuration a row. */
final class KindFigures {
  private KindFigures() {}

  /** Empty where no question has a kind. */
  static String of(List<ConfigurationResult> results) {
    List<KindResult> kinds = results.get(0).getKindsList();
    if (kinds.isEmpty()) {
      return "";
    }
    List<Figure> figures = Figure.of(results);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < kinds.size(); i++) {
      for (ConfigurationResult result : results) {
        rows.append(row(result.getLabel(), result.getKinds(i), figures));
      }
    }
    return """
    <h2 id="kinds">Figures by kind of question</h2>
    <table>
    <thead><tr><th>kind</th><th>questions</th><th>configuration</th>%s</tr></thead>
    <tbody>
    %s</tbody>
    </table>
    """
        .formatted(Markup.headers(figures), rows);
  }

  private static String row(String label, KindResult kind, List<Figure> figures) {
    return """
    <tr><td>%s</td><td class="n">%d</td><td>%s</td>%s</tr>
    """
        .formatted(
            Markup.escape(kind.getKind()),
            kind.getQuestions(),
            Markup.escape(label),
            figures.stream()
                .map(figure -> cell(figure, kind.getMetrics()))
                .collect(Collectors.joining()));
  }

  private static String cell(Figure figure, EvaluationMetrics metrics) {
    return "<td class=\"n\">" + figure.in(metrics).map(KindFigures::value).orElse("–") + "</td>";
  }

  private static String value(Estimate estimate) {
    return Markup.number(estimate.getValue(), 3) + Markup.interval(estimate);
  }
}
