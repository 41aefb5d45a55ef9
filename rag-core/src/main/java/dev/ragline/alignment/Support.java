package dev.ragline.alignment;

import dev.ragline.document.Language;
import org.jspecify.annotations.Nullable;

/**
 * How well a passage supports a statement.
 *
 * @param score 0…1, all of the below weighed; where the passage lacks any of the statement's
 *     numbers, half of that times the share that it has
 * @param lexical the share, 0…1, of the statement's words that stand together in the passage
 * @param semantic cosine of the statement and the passage's nearest sentence; null where unknown
 */
public record Support(double score, double lexical, @Nullable Double semantic) {
  /** Of a statement that nothing supports. */
  public static final Support NONE = new Support(0, 0, null);

  /** From here on a statement counts as supported. */
  public static final double ENOUGH = 0.5;

  // Fitted on statements that paragraphs make and others, see docs/benchmarks.md.

  private static final double WORDS = 0.76;
  private static final double MEANING = 0.41;

  /** Words of other languages than English meet less often, as they are inflected more. */
  private static final double WORDS_ELSEWHERE = 1.6;

  /** What a statement is worth at most whose numbers are not all there: not enough. */
  private static final double NUMBER_MISSING = 0.5;

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
    double weighed = weighed(lexical, semantic, source.language());
    double numbers = source.numbers(statement);
    double score = numbers < 1 ? NUMBER_MISSING * numbers * weighed : weighed;
    return new Support(score, lexical, semantic);
  }

  /**
   * Whether the vector of a statement says what it means.
   *
   * @param coverage how much of it the model knows, 0…1
   */
  public static boolean isKnown(double coverage) {
    return coverage >= KNOWN;
  }

  private static double weighed(double lexical, @Nullable Double semantic, Language language) {
    boolean english = language.equals(Language.ENGLISH);
    double words = Math.min(1, english ? lexical : WORDS_ELSEWHERE * lexical);
    return semantic == null ? words : Math.min(1, WORDS * words + MEANING * Math.max(0, semantic));
  }
}
