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

  /** For one of which it knows none: a ranking by chance must not ruin one by words. */
  private static final EvidenceWeights UNKNOWN = new EvidenceWeights(0, 0, 0.9, 0.05, 0.05);

  /** Between the two, by how much of the question the model knows, 0…1. */
  static EvidenceWeights by(double coverage) {
    return new EvidenceWeights(
        mix(KNOWN.passage, UNKNOWN.passage, coverage),
        mix(KNOWN.sentence, UNKNOWN.sentence, coverage),
        mix(KNOWN.lexical, UNKNOWN.lexical, coverage),
        mix(KNOWN.words, UNKNOWN.words, coverage),
        mix(KNOWN.phrases, UNKNOWN.phrases, coverage));
  }

  private static double mix(double known, double unknown, double coverage) {
    return coverage * known + (1 - coverage) * unknown;
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
