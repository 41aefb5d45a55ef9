package dev.ragline.store;

import dev.ragline.filter.Filter;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the chunks nearest to a question, by vector, by words, or both.
 *
 * @param vector the question's vector, or null for no dense search
 * @param text the question's words, or null for no lexical search
 * @param limit the most candidates of each search
 * @param filter which documents' chunks are wanted
 */
public record CandidateQuery(
    float @Nullable [] vector, @Nullable String text, int limit, Filter filter) {
  public CandidateQuery {
    if ((vector == null && text == null) || limit < 1) {
      throw new IllegalArgumentException("a candidate query needs a vector or a text, and a limit");
    }
  }

  /** Asks for chunks of all documents. */
  public CandidateQuery(float @Nullable [] vector, @Nullable String text, int limit) {
    this(vector, text, limit, Filter.ALL);
  }

  /** The same for chunks of some documents. */
  public CandidateQuery filtered(Filter by) {
    return new CandidateQuery(vector, text, limit, by);
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
