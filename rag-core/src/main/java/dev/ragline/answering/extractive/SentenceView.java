package dev.ragline.answering.extractive;

import dev.ragline.retrieval.Evidence;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What a sentence shows of whether it answers: numbers, most of them 0…1, none of which depends on
 * how large the corpus is.
 */
final class SentenceView {
  /** What is looked at. */
  enum Sign {
    /** {@link Evidence#phrases} of the passage. */
    PASSAGE_PHRASES,
    /** {@link Evidence#words} of the passage. */
    PASSAGE_WORDS,
    /** {@link Evidence#lexical} of the passage. */
    PASSAGE_LEXICAL,
    /** Cosine of the passage. */
    PASSAGE_COSINE,
    /** Cosine of the sentence. */
    COSINE,
    /** Its square, as the nearest stand out. */
    COSINE_SQUARED,
    /** The cosine less the highest of any sentence. */
    COSINE_BEHIND,
    /** The cosine of the sentence before, less the sentence's own. */
    COSINE_BEFORE,
    /** Content words that the sentence covers. */
    COVERAGE,
    /** That less the highest of any sentence. */
    COVERAGE_BEHIND,
    /** Content words that it covers with the sentences before and after. */
    COVERAGE_AROUND,
    /** Pieces of the question's words in it. */
    PIECES,
    /** That less the highest of any sentence. */
    PIECES_BEHIND,
    /** Phrases of the question in it. */
    PHRASES,
    /** Whether it is its passage's first. */
    FIRST,
    /** A number where a number is asked for. */
    NUMBER,
    /** A date where a time is asked for. */
    DATE,
    /** A number in digits where a time is asked for. */
    DATE_DIGITS,
    /** Names where a person is asked for. */
    PERSON,
    /** Names where a place is asked for. */
    PLACE,
    /** Names where it is open what is asked for. */
    NAME,
    /** Names, whatever is asked for. */
    NAMES
  }

  /** Those that come from vectors. */
  private static final Set<Sign> OF_VECTORS =
      EnumSet.of(
          Sign.PASSAGE_COSINE,
          Sign.COSINE,
          Sign.COSINE_SQUARED,
          Sign.COSINE_BEHIND,
          Sign.COSINE_BEFORE);

  private final Map<Sign, Double> signs = new EnumMap<>(Sign.class);

  SentenceView put(Sign sign, double value) {
    signs.put(sign, value);
    return this;
  }

  double get(Sign sign) {
    return signs.getOrDefault(sign, 0.0);
  }

  static boolean isOfVectors(Sign sign) {
    return OF_VECTORS.contains(sign);
  }
}
