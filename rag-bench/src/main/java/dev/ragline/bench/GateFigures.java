package dev.ragline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** What a gate did with questions that the corpus answers, and with others. */
final class GateFigures {
  private static final int RESAMPLES = 1000;

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
        interval(GateFigures::auroc, 4),
        interval(sample -> refused(sample, true), 3),
        interval(sample -> refused(sample, false), 3));
  }

  private double refused(List<Judged> sample, boolean answered) {
    return sample.stream()
        .filter(one -> one.answered == answered)
        .mapToDouble(one -> one.relevance < threshold ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  /** The chance that an answered question is more relevant than another; ties count half. */
  private static double auroc(List<Judged> sample) {
    List<Judged> sorted = new ArrayList<>(sample);
    sorted.sort((a, b) -> Double.compare(a.relevance, b.relevance));
    double sum = 0;
    long foreign = 0;
    long own = 0;
    for (int i = 0, next; i < sorted.size(); i = next) {
      long ownHere = 0;
      for (next = i; next < sorted.size() && same(sorted, i, next); next++) {
        ownHere += sorted.get(next).answered ? 1 : 0;
      }
      long foreignHere = next - i - ownHere;
      sum += ownHere * (foreign + foreignHere / 2.0);
      foreign += foreignHere;
      own += ownHere;
    }
    return sum / (own * (double) foreign);
  }

  private static boolean same(List<Judged> sorted, int one, int other) {
    return sorted.get(one).relevance == sorted.get(other).relevance;
  }

  private String interval(ToDoubleFunction<List<Judged>> figure, int digits) {
    SplittableRandom random = new SplittableRandom(1);
    double[] resampled = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      List<Judged> drawn = new ArrayList<>(judged.size());
      for (int j = 0; j < judged.size(); j++) {
        drawn.add(judged.get(random.nextInt(judged.size())));
      }
      resampled[i] = figure.applyAsDouble(drawn);
    }
    return Intervals.format(figure.applyAsDouble(judged), resampled, digits);
  }
}
