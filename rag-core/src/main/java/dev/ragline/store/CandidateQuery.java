package dev.ragline.store;

import org.jspecify.annotations.Nullable;

/**
 * Asks for the chunks nearest to a question, by vector, by words, or both.
 *
 * @param vector the question's vector, or null for no dense search
 * @param text the question's words, or null for no lexical search
 * @param limit the most candidates of each search
 */
public record CandidateQuery(float @Nullable [] vector, @Nullable String text, int limit) {
  public CandidateQuery {
    if ((vector == null && text == null) || limit < 1) {
      throw new IllegalArgumentException("a candidate query needs a vector or a text, and a limit");
    }
  }

  /** Asks by vector only. */
  public static CandidateQuery byVector(float[] vector, int limit) {
    return new CandidateQuery(vector, null, limit);
  }

  /** Asks by words only. */
  public static CandidateQuery byText(String text, int limit) {
    return new CandidateQuery(null, text, limit);
  }
}
