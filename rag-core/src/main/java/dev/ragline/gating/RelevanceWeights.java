package dev.ragline.gating;

import dev.ragline.retrieval.Likeness;

/**
 * A logistic regression of how passages are like a question.
 *
 * @param constant the logit where nothing is alike
 * @param chunks for a corpus ten times as large
 */
record RelevanceWeights(
    double constant,
    double sentence,
    double phrases,
    double sentenceWords,
    double passageWords,
    double pieces,
    double chunks) {

  // Fitted on SQuAD's halves and on samples of 10, 30 and 100 of its paragraphs, each size with the
  // same weight; see docs/benchmarks.md for what it reaches. The weight of the size is set, not
  // fitted: left free it is -2.3, which says more about samples of ten than about large corpora.

  /** For a question all of whose words the embedding model knows. */
  static final RelevanceWeights KNOWN = new RelevanceWeights(-10.5, 11.9, 9.55, 5.09, 3.12, 0, -1);

  /**
   * For one of which it knows none. Fitted on the few questions in other languages that there are,
   * and then moved so that few of those are refused wrongly.
   */
  static final RelevanceWeights UNKNOWN = new RelevanceWeights(0.2, 0, 1.35, 0, 5.85, 12.67, -1);

  double logit(Likeness likeness) {
    return constant
        + sentence * likeness.sentence()
        + phrases * likeness.phrases()
        + sentenceWords * likeness.sentenceWords()
        + passageWords * likeness.passageWords()
        + pieces * likeness.pieces()
        + chunks * Math.log10((double) Math.max(1, likeness.chunks()));
  }
}
