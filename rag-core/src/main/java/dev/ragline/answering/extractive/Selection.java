package dev.ragline.answering.extractive;

import dev.ragline.answering.extractive.Ranking.Scored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses what to quote: the best sentence, and up to two more that come near its score or go on
 * from it. Where the best one stands under a heading that asks the user's question, the section is
 * the answer that its author gave: a short one is quoted whole, of a longer one the sentences that
 * say most.
 */
final class Selection {
  private static final int MOST = 3;

  /** Sentences of a section that is quoted whole. */
  private static final int SHORT_SECTION = 5;

  /** Share of the best score from which any sentence is added. */
  private static final double NEAR = 0.85;

  /** The same for the sentence that directly follows the best one. */
  private static final double NEAR_NEXT = 0.7;

  private Selection() {}

  /**
   * The sentences to quote: the best one's passage first, and in the passage's order.
   *
   * @param ranking best first
   */
  static List<Sentence> of(List<Scored> ranking) {
    if (ranking.isEmpty()) {
      return List.of();
    }
    Scored best = ranking.getFirst();
    List<Sentence> chosen = best.underQuestion() ? section(best, ranking) : near(best, ranking);
    int first = best.sentence().section().passage();
    return chosen.stream()
        .sorted(
            Comparator.comparing((Sentence s) -> s.section().passage() != first)
                .thenComparing(Sentence.IN_TEXT))
        .toList();
  }

  private static List<Sentence> near(Scored best, List<Scored> ranking) {
    List<Sentence> chosen = new ArrayList<>();
    Set<String> texts = new HashSet<>();
    for (Scored scored : ranking) {
      boolean next = follows(scored.sentence(), best.sentence(), ranking);
      double enough = best.score() * (next ? NEAR_NEXT : NEAR);
      boolean fits = chosen.size() < MOST && scored.related() && scored.score() >= enough;
      if (fits && texts.add(scored.sentence().text())) {
        chosen.add(scored.sentence());
      }
    }
    return chosen;
  }

  /** Whether {@code other} is the first sentence after {@code best} in its section. */
  private static boolean follows(Sentence other, Sentence best, List<Scored> ranking) {
    return other.section().equals(best.section())
        && other.isAfter(best)
        && ranking.stream()
            .map(Scored::sentence)
            .filter(s -> s.section().equals(best.section()))
            .noneMatch(s -> s.isAfter(best) && other.isAfter(s));
  }

  private static List<Sentence> section(Scored best, List<Scored> ranking) {
    List<Scored> left =
        new ArrayList<>(
            ranking.stream()
                .filter(s -> s.sentence().section().equals(best.sentence().section()))
                .toList());
    if (left.size() <= SHORT_SECTION) {
      return left.stream().map(Scored::sentence).toList();
    }
    Set<String> said = new HashSet<>(best.sentence().section().stems());
    List<Sentence> chosen = new ArrayList<>();
    while (chosen.size() < MOST && !left.isEmpty()) {
      Scored next =
          left.stream().max(Comparator.comparingDouble(s -> worth(s, said))).orElseThrow();
      left.remove(next);
      chosen.add(next.sentence());
      said.addAll(next.sentence().stems());
    }
    return chosen;
  }

  /** Its score, and the share of its words that say something new. */
  private static double worth(Scored scored, Set<String> said) {
    Set<String> stems = scored.sentence().stems();
    long fresh = stems.stream().filter(stem -> !said.contains(stem)).count();
    return scored.score() + fresh / (double) stems.size();
  }
}
