package dev.ragline.alignment;

import org.jspecify.annotations.Nullable;

/**
 * How well a passage supports a statement.
 *
 * @param score 0…1, all of the below weighed, times the share of the statement's numbers that the
 *     passage has
 * @param lexical the share, 0…1, of the statement's words that stand together in the passage
 * @param semantic cosine of the statement and the passage's nearest sentence; null where unknown
 */
public record Support(double score, double lexical, @Nullable Double semantic) {
  /** Of a statement that nothing supports. */
  public static final Support NONE = new Support(0, 0, null);

  /** From here on a statement counts as supported. */
  public static final double ENOUGH = 0.5;

  /** Of a text that a model knows less of, its vectors tell nothing. */
  private static final double KNOWN = 0.5;

  /** From this share of words on nothing else is needed: the statement is all but a quote. */
  static final double QUOTED = 0.9;

  /**
   * Compares a statement with a passage.
   *
   * @param semantic cosine of the statement and the passage's nearest sentence; null where unknown
   */
  public static Support of(Statement statement, Source source, @Nullable Double semantic) {
    double lexical = source.lexical(statement);
    double weighed = semantic == null ? lexical : weighed(lexical, semantic);
    return new Support(weighed * source.numbers(statement), lexical, semantic);
  }

  /**
   * Whether the vector of a statement says what it means.
   *
   * @param coverage how much of it the model knows, 0…1
   */
  public static boolean isKnown(double coverage) {
    return coverage >= KNOWN;
  }

  private static double weighed(double lexical, double semantic) {
    return Math.max(lexical, semantic);
  }
}
