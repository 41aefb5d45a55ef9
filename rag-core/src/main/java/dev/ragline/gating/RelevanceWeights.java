package dev.ragline.gating;

import dev.ragline.retrieval.PassageLikeness;

/**
 * A logistic regression of how a passage is like a question.
 *
 * @param constant the logit where nothing is alike
 * @param size for a corpus ten times as large
 */
record RelevanceWeights(
    double constant,
    double nearness,
    double phrases,
    double sentenceWords,
    double passageWords,
    double pieces,
    double size) {

  // Fitted on SQuAD's halves, on samples of 10, 30 and 100 of its paragraphs, and on each half
  // among 10 000 and 100 000 paragraphs of manuals, each size with the same weight;
  // docs/benchmarks.md has what they reach. The weight of the size is set so that about as many own
  // questions are refused in a corpus of any size: left free it is -0.8, by which more are in large
  // ones.

  /** For a question all of whose words the embedding model knows. */
  static final RelevanceWeights KNOWN =
      new RelevanceWeights(-10.48, 10.31, 10.67, 2.43, 4.2, 1.81, -0.3);

  /**
   * For one of which it knows none. Fitted on the few questions in other languages that there are,
   * and then moved so that few of those are refused wrongly.
   */
  static final RelevanceWeights UNKNOWN = new RelevanceWeights(0.2, 0, 1.35, 0, 5.85, 12.67, -1);

  /**
   * The logit for a passage.
   *
   * @param chunks how many the corpus has
   */
  double logit(PassageLikeness passage, long chunks) {
    return constant
        + nearness * passage.nearness()
        + phrases * passage.phrases()
        + sentenceWords * passage.sentenceWords()
        + passageWords * passage.passageWords()
        + pieces * passage.pieces()
        + size * Math.log10((double) Math.max(1, chunks));
  }
}
