package dev.ragline.gating;

import dev.ragline.presence.Lack;
import dev.ragline.retrieval.Likeness;
import dev.ragline.retrieval.PassageLikeness;

/**
 * A logistic regression of how a passage is like a question.
 *
 * @param constant the logit where nothing is alike
 * @param absent of words that no passage has
 * @param names of each of two names at most that the passage lacks
 * @param numbers where it lacks a number
 * @param opposites where it has the opposite of a word
 * @param negation where one of the two says "not"
 * @param size for a corpus ten times as large
 */
record RelevanceWeights(
    double constant,
    double nearness,
    double phrases,
    double sentenceWords,
    double passageWords,
    double rareWords,
    double pieces,
    double absent,
    double names,
    double numbers,
    double opposites,
    double negation,
    double size) {
  /** More names than these tell no more. */
  private static final int MOST_NAMES = 2;

  // Fitted on SQuAD's halves, on samples of 10, 30 and 100 of its paragraphs, and on each half
  // among 10 000 and 100 000 paragraphs of manuals, each size with the same weight;
  // docs/benchmarks.md has what they reach. The weight of the size is set so that about as many own
  // questions are refused in a corpus of any size: left free it is -0.8, by which more are in large
  // ones. What weighs 0 gains next to nothing where it is fitted, too.

  /** For a question all of whose words the embedding model knows. */
  static final RelevanceWeights KNOWN =
      new RelevanceWeights(-10.48, 10.31, 10.67, 2.43, 4.2, 0, 1.81, 0, 0, 0, 0, 0, -0.3);

  /**
   * For one of which it knows none. Fitted on the few questions in other languages that there are,
   * and then moved so that few of those are refused wrongly.
   */
  static final RelevanceWeights UNKNOWN =
      new RelevanceWeights(0.2, 0, 1.35, 0, 5.85, 0, 12.67, 0, 0, 0, 0, 0, -1);

  /** The logit for one of the passages. */
  double logit(PassageLikeness passage, Likeness likeness) {
    Lack lack = passage.lack();
    return constant
        + nearness * passage.nearness()
        + phrases * passage.phrases()
        + sentenceWords * passage.sentenceWords()
        + passageWords * passage.passageWords()
        + rareWords * passage.rareWords()
        + pieces * passage.pieces()
        + absent * likeness.absent()
        + names * Math.min(MOST_NAMES, lack.names())
        + numbers * Math.min(1, lack.numbers())
        + opposites * Math.min(1, lack.opposites())
        + negation * (lack.negation() ? 1 : 0)
        + size * Math.log10((double) Math.max(1, likeness.chunks()));
  }
}
