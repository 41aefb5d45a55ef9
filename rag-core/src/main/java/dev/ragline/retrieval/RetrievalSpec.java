package dev.ragline.retrieval;

import dev.ragline.document.RagException;
import dev.ragline.store.Freshness;

/**
 * How passages are found.
 *
 * @param limit passages wanted
 * @param candidates chunks that each kind of search brings before they are fused
 * @param freshness which writes must be seen
 */
public record RetrievalSpec(
    int limit, Mode mode, int candidates, Fusion fusion, Freshness freshness) {
  /** What a question gets that asks for nothing else. */
  public static final RetrievalSpec DEFAULT =
      new RetrievalSpec(3, Mode.HYBRID, 100, Fusion.Evidence.DEFAULT, Freshness.DEFAULT);

  /** Which evidence is used. */
  public enum Mode {
    HYBRID,
    DENSE,
    LEXICAL
  }

  public RetrievalSpec {
    if (limit < 1 || limit > 100) {
      throw RagException.invalid("retrieval.limit", "1 to 100 passages can be asked for");
    }
    if (candidates < 1 || candidates > 1000) {
      throw RagException.invalid("retrieval.candidates", "1 to 1000 candidates can be asked for");
    }
    candidates = Math.max(candidates, limit);
  }
}
