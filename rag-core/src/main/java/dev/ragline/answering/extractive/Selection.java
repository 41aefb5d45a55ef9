package dev.ragline.answering.extractive;

import dev.ragline.answering.extractive.Ranking.Scored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses what to quote: the best sentence, and a second one where it is nearly as likely to
 * answer. Where the best one stands under a heading that asks the user's question, the section is
 * the answer that its author gave: a short one is quoted whole, of a longer one the sentences that
 * say most.
 */
final class Selection {
  /** Sentences of a section that is quoted in part. */
  private static final int PART = 3;

  /** Sentences of a section that is quoted whole. */
  private static final int SHORT_SECTION = 5;

  /** How many logits a sentence may be behind the best one to be quoted as well. */
  private static final double NEAR = 3;

  /** What a sentence is worth all of whose words are new, in logits. */
  private static final double NEW_WORDS = 2;

  private Selection() {}

  /**
   * The sentences to quote: the best one's passage first, and in the passage's order.
   *
   * @param ranking best first
   * @param most sentences at most, but for a section that is the answer
   */
  static List<Sentence> of(List<Scored> ranking, int most) {
    if (ranking.isEmpty()) {
      return List.of();
    }
    Scored best = ranking.getFirst();
    List<Sentence> chosen =
        best.underQuestion() ? section(best, ranking) : near(best, ranking, most);
    int first = best.sentence().section().passage();
    return chosen.stream()
        .sorted(
            Comparator.comparing((Sentence s) -> s.section().passage() != first)
                .thenComparing(Sentence.IN_TEXT))
        .toList();
  }

  private static List<Sentence> near(Scored best, List<Scored> ranking, int most) {
    List<Sentence> chosen = new ArrayList<>();
    Set<String> texts = new HashSet<>();
    for (Scored scored : ranking) {
      boolean fits = chosen.size() < most && scored.score() >= best.score() - NEAR;
      if (fits && texts.add(scored.sentence().text())) {
        chosen.add(scored.sentence());
      }
    }
    return chosen;
  }

  private static List<Sentence> section(Scored best, List<Scored> ranking) {
    List<Scored> left =
        new ArrayList<>(
            ranking.stream()
                .filter(s -> s.sentence().section().continues(best.sentence().section()))
                .toList());
    if (left.size() <= SHORT_SECTION) {
      return left.stream().map(Scored::sentence).toList();
    }
    Set<String> said = new HashSet<>(best.sentence().section().words());
    List<Sentence> chosen = new ArrayList<>();
    while (chosen.size() < PART && !left.isEmpty()) {
      Scored next =
          left.stream().max(Comparator.comparingDouble(s -> worth(s, said))).orElseThrow();
      left.remove(next);
      chosen.add(next.sentence());
      said.addAll(next.sentence().words());
    }
    return chosen;
  }

  /** Its score, and the share of its words that say something new. */
  private static double worth(Scored scored, Set<String> said) {
    Set<String> words = scored.sentence().words();
    long fresh = words.stream().filter(word -> !said.contains(word)).count();
    return scored.score() + NEW_WORDS * fresh / Math.max(1, words.size());
  }
}
