package dev.ragline.retrieval;

import java.util.Locale;

/**
 * How much each kind of {@link Evidence} weighs; 1 in all.
 *
 * @param passage of the passage's vector
 * @param sentence of its nearest sentence's vector
 * @param lexical of BM25
 * @param words of the best sentence's words
 * @param phrases of the passage's phrases
 */
record EvidenceWeights(
    double passage, double sentence, double lexical, double words, double phrases) {

  // Fitted on questions with known answers, see docs/benchmarks.md.

  /** For a question all of whose words the embedding model knows. */
  private static final EvidenceWeights KNOWN = new EvidenceWeights(0.08, 0.35, 0.13, 0.06, 0.38);

  /**
   * For one of which it knows none: a ranking by chance must not ruin one by words. Only where
   * these tell nothing, as they do of a question in another language, something is better than
   * chance.
   */
  private static final EvidenceWeights UNKNOWN = new EvidenceWeights(0, 0.01, 0.4, 0.19, 0.4);

  /**
   * The same where no spaces are between words: BM25 goes by dictionaries and signs there, and two
   * neighbouring signs are phrases by chance.
   */
  private static final EvidenceWeights UNKNOWN_UNSPACED =
      new EvidenceWeights(0, 0.01, 0.89, 0.05, 0.05);

  /**
   * Of a question.
   *
   * @param worth of its vector, 0…1
   * @param stretch of its cosines, which weigh so much more
   * @param spaced whether it has spaces between words
   */
  static EvidenceWeights of(double worth, double stretch, boolean spaced) {
    EvidenceWeights unknown = spaced ? UNKNOWN : UNKNOWN_UNSPACED;
    return new EvidenceWeights(
            stretch * mix(KNOWN.passage, unknown.passage, worth),
            stretch * mix(KNOWN.sentence, unknown.sentence, worth),
            mix(KNOWN.lexical, unknown.lexical, worth),
            mix(KNOWN.words, unknown.words, worth),
            mix(KNOWN.phrases, unknown.phrases, worth))
        .toOne();
  }

  private EvidenceWeights toOne() {
    double all = passage + sentence + lexical + words + phrases;
    return new EvidenceWeights(
        passage / all, sentence / all, lexical / all, words / all, phrases / all);
  }

  private static double mix(double known, double unknown, double worth) {
    return worth * known + (1 - worth) * unknown;
  }

  double sum(Evidence evidence) {
    return passage * evidence.passage()
        + sentence * evidence.sentence()
        + lexical * evidence.lexical()
        + words * evidence.words()
        + phrases * evidence.phrases();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "passage %.2f, sentence %.2f, lexical %.2f, words %.2f, phrases %.2f",
        passage,
        sentence,
        lexical,
        words,
        phrases);
  }
}
