package dev.ragline.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a gate did with questions that the corpus answers, and with others. */
final class GateFigures {
  /** A question's relevance, and whether the corpus answers it. */
  private record Judged(double relevance, boolean answered) {}

  private final double threshold;
  private final List<Judged> judged = new ArrayList<>();

  GateFigures(double threshold) {
    this.threshold = threshold;
  }

  synchronized void add(double relevance, boolean answered) {
    judged.add(new Judged(relevance, answered));
  }

  /** One line of a table: how many of each, AUROC, false refusals, refused foreign questions. */
  String row(String name) {
    long own = judged.stream().filter(Judged::answered).count();
    return String.format(
        Locale.ROOT,
        "| %s | %d + %d | %s | %s | %s |",
        name,
        own,
        judged.size() - own,
        Intervals.of(judged, GateFigures::auroc, 4),
        Intervals.of(judged, sample -> refused(sample, true), 3),
        Intervals.of(judged, sample -> refused(sample, false), 3));
  }

  private double refused(List<Judged> sample, boolean answered) {
    return Arrays.stream(relevances(sample, answered))
        .map(relevance -> relevance < threshold ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  private static double auroc(List<Judged> sample) {
    return Auroc.of(relevances(sample, true), relevances(sample, false));
  }

  private static double[] relevances(List<Judged> sample, boolean answered) {
    return sample.stream()
        .filter(one -> one.answered == answered)
        .mapToDouble(Judged::relevance)
        .toArray();
  }
}
