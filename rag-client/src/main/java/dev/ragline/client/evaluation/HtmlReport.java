package dev.ragline.client.evaluation;

import com.google.protobuf.util.Durations;
import dev.ragline.v1.ConfigurationResult;
import dev.ragline.v1.Estimate;
import dev.ragline.v1.EvaluateRequest;
import dev.ragline.v1.EvaluateResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A report as one page of HTML with plots, which needs no script and no other file. */
public final class HtmlReport {
  private static final double NANOS_PER_MILLI = 1e6;

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --line: #8884; --faint: #8888; }
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 1100px; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
      table { border-collapse: collapse; width: 100%; display: block; overflow-x: auto; }
      th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
      td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
      td small { display: block; color: var(--faint); }
      ol { margin: 0; padding-left: 1.2rem; } li.right, td.right { color: #0a7d32; } td.text { white-space: pre-line; }
      .key span { display: inline-block; width: .8rem; height: .8rem; margin: 0 .3rem 0 1rem; }
      svg { max-width: 100%; height: auto; display: block; } svg text { font-size: 11px; fill: currentColor; }
      .grid { stroke: var(--line); } .whisker { stroke: currentColor; stroke-width: 1.3; }
      """;

  private HtmlReport() {}

  /**
   * Renders a report.
   *
   * @param title what was evaluated, for people
   * @param request what was asked
   * @param report what came of it
   */
  public static String render(String title, EvaluateRequest request, EvaluateResponse report) {
    List<ConfigurationResult> results = report.getConfigurationsList();
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Evaluation: %1$s</title>
    <style>
    %2$s</style>
    </head>
    <body>
    <h1>Evaluation: %1$s</h1>
    <p>%3$s</p>
    %10$s<h2 id="figures">Figures</h2>
    %4$s%11$s<h2 id="bars">Figures and their intervals</h2>
    %5$s%6$s<h2 id="ranks">Rank of the first right passage</h2>
    %7$s<h2 id="latency">Time of retrieving</h2>
    %8$s<h2 id="missed">Questions whose right passage is not the first</h2>
    %9$s%12$s</body>
    </html>
    """
        .formatted(
            Markup.escape(title),
            STYLE,
            counts(report),
            figures(results),
            key(results),
            BarPlot.of(results),
            RankPlot.of(request.getQuestionsList(), results),
            LatencyPlot.of(results),
            MissedQuestions.of(request, report),
            warnings(report),
            KindFigures.of(results),
            AnswerReview.of(request, report));
  }

  private static String warnings(EvaluateResponse report) {
    return report.getWarningsList().stream()
        .map(warning -> "<p><b>Warning:</b> " + Markup.escape(warning.getMessage()) + "</p>\n")
        .collect(Collectors.joining());
  }

  private static String counts(EvaluateResponse report) {
    return """
    %d questions: %d with an expected passage, %d with an answer, %d unanswerable. The intervals \
    hold 95 %% of %d resamples.\
    """
        .formatted(
            report.getQuestions(),
            report.getWithExpected(),
            report.getWithAnswers(),
            report.getUnanswerable(),
            report.getResamples());
  }

  private static String key(List<ConfigurationResult> results) {
    return IntStream.range(0, results.size())
        .mapToObj(
            i ->
                "<span style=\"background:%s\"></span>%s"
                    .formatted(Markup.colour(i), Markup.escape(results.get(i).getLabel())))
        .collect(Collectors.joining("", "<p class=\"key\">", "</p>\n"));
  }

  private static String figures(List<ConfigurationResult> results) {
    List<Figure> figures = Figure.of(results);
    return """
    <table>
    <thead><tr><th>configuration</th>%s<th>p50</th><th>p90</th><th>p99</th></tr></thead>
    <tbody>
    %s</tbody>
    </table>
    """
        .formatted(
            Markup.headers(figures),
            results.stream().map(result -> row(result, figures)).collect(Collectors.joining()));
  }

  private static String row(ConfigurationResult result, List<Figure> figures) {
    String cells =
        figures.stream()
            .map(figure -> cell(figure.in(result.getMetrics()), figure.in(result.getDifference())))
            .collect(Collectors.joining());
    return """
    <tr><td>%s</td>%s<td class="n">%s</td><td class="n">%s</td><td class="n">%s</td></tr>
    """
        .formatted(
            Markup.escape(result.getLabel()),
            cells,
            millis(result.getLatency().getP50()),
            millis(result.getLatency().getP90()),
            millis(result.getLatency().getP99()));
  }

  private static String cell(Optional<Estimate> estimate, Optional<Estimate> difference) {
    String value =
        estimate.map(e -> Markup.number(e.getValue(), 3) + Markup.interval(e)).orElse("–");
    String compared =
        difference
            .map(
                d ->
                    "<small>%s%s against the first</small>"
                            .formatted(d.getValue() < 0 ? "" : "+", Markup.number(d.getValue(), 3))
                        + Markup.interval(d))
            .orElse("");
    return "<td class=\"n\">" + value + compared + "</td>";
  }

  private static String millis(com.google.protobuf.Duration duration) {
    return Markup.number(Durations.toNanos(duration) / NANOS_PER_MILLI, 1) + " ms";
  }
}
