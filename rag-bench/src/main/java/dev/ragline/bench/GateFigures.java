package dev.ragline.bench;

import dev.ragline.gating.Gate;
import dev.ragline.retrieval.Grounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a gate did with questions that the corpus answers, and with others. */
final class GateFigures {
  /** A question's relevance, and whether the corpus answers it. */
  private record Judged(double relevance, boolean answered) {}

  private final String corpus;
  private final GateSigns signs;
  private final List<Judged> judged = new ArrayList<>();

  /**
   * @param corpus what is asked, as it is named in the table
   * @param signs gets what the gate judged by
   */
  GateFigures(String corpus, GateSigns signs) {
    this.corpus = corpus;
    this.signs = signs;
  }

  /**
   * Has the gate judge.
   *
   * @param answered whether the corpus answers the question
   */
  synchronized void judge(SquadFile.Question question, boolean answered, @Nullable Grounds found) {
    Double relevance = Gate.relevance(found);
    judged.add(new Judged(relevance == null ? 0 : relevance, answered));
    signs.add(
        corpus,
        question.text(),
        "article " + question.paragraph().article(),
        answered,
        found == null ? null : found.likeness());
  }

  /** One line of a table: how many of each, AUROC, false refusals, refused foreign questions. */
  String row() {
    long own = judged.stream().filter(Judged::answered).count();
    return String.format(
        Locale.ROOT,
        "| %s | %d + %d | %s | %s | %s |",
        corpus,
        own,
        judged.size() - own,
        Intervals.of(judged, GateFigures::auroc, 4),
        Intervals.of(judged, sample -> refused(sample, true), 3),
        Intervals.of(judged, sample -> refused(sample, false), 3));
  }

  private static double refused(List<Judged> sample, boolean answered) {
    return Arrays.stream(relevances(sample, answered))
        .map(relevance -> relevance < Gate.THRESHOLD ? 1 : 0)
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
