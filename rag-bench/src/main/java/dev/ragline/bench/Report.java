package dev.ragline.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of all runs, by name, in the order in which they were first measured. */
final class Report {
  private final Map<Figure, Samples> figures = new LinkedHashMap<>();

  /** What was measured, and in which unit. */
  private record Figure(String name, String unit) {}

  void add(String name, String unit, double value) {
    figures.computeIfAbsent(new Figure(name, unit), figure -> new Samples()).add(value);
  }

  /** The median of a figure over the runs. */
  double median(String name, String unit) {
    Samples samples = figures.get(new Figure(name, unit));
    if (samples == null) {
      throw new IllegalArgumentException("nobody measured " + name);
    }
    return samples.median();
  }

  /** A Markdown table: the median of each figure over the runs, and between which values it was. */
  String table() {
    StringBuilder table = new StringBuilder("| figure | median | least … most |\n|---|---|---|\n");
    figures.forEach(
        (figure, samples) ->
            table.append(
                "| %s | %s %s | %s … %s |%n"
                    .formatted(
                        figure.name(),
                        Samples.readable(samples.median()),
                        figure.unit(),
                        Samples.readable(samples.min()),
                        Samples.readable(samples.max()))));
    return table.toString();
  }
}
