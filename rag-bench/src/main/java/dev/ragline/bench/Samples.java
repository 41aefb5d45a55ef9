package dev.ragline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One figure, measured several times. */
final class Samples {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  /** The middle value, or the mean of the two in the middle. */
  double median() {
    if (values.isEmpty()) {
      throw new IllegalStateException("nothing was measured");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  double min() {
    return values.stream().mapToDouble(v -> v).min().orElseThrow();
  }

  double max() {
    return values.stream().mapToDouble(v -> v).max().orElseThrow();
  }

  /** A value as people read it: three digits matter, whole numbers from 100 on. */
  static String readable(double value) {
    int decimals = value >= 100 || value == Math.rint(value) ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** A row of a Markdown table: median, least and most. */
  void printRow(String name) {
    System.out.printf(
        "| %s | %s | %s … %s |%n", name, readable(median()), readable(min()), readable(max()));
  }
}
