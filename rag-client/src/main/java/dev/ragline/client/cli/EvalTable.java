package dev.ragline.client.cli;

import com.google.protobuf.util.Durations;
import dev.ragline.client.evaluation.Figure;
import dev.ragline.v1.ConfigurationResult;
import dev.ragline.v1.Estimate;
import dev.ragline.v1.EvaluateResponse;
import dev.ragline.v1.EvaluationMetrics;
import dev.ragline.v1.KindResult;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A report as tables: a configuration a row, with the intervals below its figures. */
final class EvalTable {
  private static final double NANOS_PER_MILLI = 1e6;

  private final EvaluateResponse report;
  private final List<Figure> figures;

  EvalTable(EvaluateResponse report) {
    this.report = report;
    this.figures = Figure.of(report.getConfigurationsList());
  }

  void print(PrintStream out) {
    out.println(
        "%s, %d with an expected passage, %d with an answer, %d unanswerable"
            .formatted(
                Text.count(report.getQuestions(), "question"),
                report.getWithExpected(),
                report.getWithAnswers(),
                report.getUnanswerable()));
    out.println(
        "95 % intervals from " + report.getResamples() + " resamples stand below the figures");
    out.println();
    figures(out);
    if (report.getConfigurations(0).getKindsCount() > 0) {
      out.println();
      kinds(out);
    }
    if (report.getConfigurationsCount() > 1) {
      out.println();
      differences(out);
    }
  }

  private void figures(PrintStream out) {
    Table table = table("configuration", "p50 ms", "p90 ms", "p99 ms");
    for (ConfigurationResult result : report.getConfigurationsList()) {
      List<String> values = row(Text.oneLine(result.getLabel()));
      List<String> intervals = row("");
      for (Figure figure : figures) {
        Optional<Estimate> estimate = figure.in(result.getMetrics());
        values.add(estimate.map(e -> share(e.getValue())).orElse("-"));
        intervals.add(estimate.map(e -> share(e.getLow()) + "-" + share(e.getHigh())).orElse(""));
      }
      values.add(millis(result.getLatency().getP50()));
      values.add(millis(result.getLatency().getP90()));
      values.add(millis(result.getLatency().getP99()));
      intervals.addAll(List.of("", "", ""));
      table.row(values.toArray(String[]::new));
      table.row(intervals.toArray(String[]::new));
    }
    table.print(out);
  }

  /** Without intervals, which are wide for so few questions each and stand in the JSON. */
  private void kinds(PrintStream out) {
    List<String> headings = new ArrayList<>(List.of("kind", "questions", "configuration"));
    figures.forEach(figure -> headings.add(figure.label()));
    Table table = new Table(headings.toArray(String[]::new));
    for (int i = 0; i < report.getConfigurations(0).getKindsCount(); i++) {
      for (ConfigurationResult result : report.getConfigurationsList()) {
        KindResult kind = result.getKinds(i);
        List<String> values = row(Text.oneLine(kind.getKind()));
        values.add(Integer.toString(kind.getQuestions()));
        values.add(Text.oneLine(result.getLabel()));
        for (Figure figure : figures) {
          values.add(figure.in(kind.getMetrics()).map(e -> share(e.getValue())).orElse("-"));
        }
        table.row(values.toArray(String[]::new));
      }
    }
    table.print(out);
  }

  private void differences(PrintStream out) {
    Table table = table("less " + Text.oneLine(report.getConfigurations(0).getLabel()));
    for (ConfigurationResult result :
        report.getConfigurationsList().subList(1, report.getConfigurationsCount())) {
      EvaluationMetrics difference = result.getDifference();
      List<String> values = row(Text.oneLine(result.getLabel()));
      List<String> intervals = row("");
      for (Figure figure : figures) {
        Optional<Estimate> estimate = figure.in(difference);
        values.add(estimate.map(EvalTable::difference).orElse("-"));
        intervals.add(
            estimate.map(e -> signed(e.getLow()) + ".." + signed(e.getHigh())).orElse(""));
      }
      table.row(values.toArray(String[]::new));
      table.row(intervals.toArray(String[]::new));
    }
    table.print(out);
    out.println("* the interval is on one side of zero");
  }

  private Table table(String first, String... last) {
    List<String> headings = row(first);
    figures.forEach(figure -> headings.add(figure.label()));
    headings.addAll(List.of(last));
    return new Table(headings.toArray(String[]::new));
  }

  private static List<String> row(String first) {
    return new ArrayList<>(List.of(first));
  }

  private static String difference(Estimate estimate) {
    boolean clear = estimate.getLow() > 0 || estimate.getHigh() < 0;
    return signed(estimate.getValue()) + (clear ? "*" : "");
  }

  /** A share in three decimals, for example {@code .843}. */
  private static String share(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.startsWith("0.") ? text.substring(1) : text;
  }

  private static String signed(double value) {
    String text = share(Math.abs(value));
    return text.equals(".000") ? "0" : (value < 0 ? "-" : "+") + text;
  }

  private static String millis(com.google.protobuf.Duration duration) {
    return String.format(Locale.ROOT, "%.1f", Durations.toNanos(duration) / NANOS_PER_MILLI);
  }
}
