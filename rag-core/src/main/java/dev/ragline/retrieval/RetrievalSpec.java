package dev.ragline.retrieval;

import dev.ragline.document.RagException;
import dev.ragline.store.Freshness;
import dev.ragline.transform.QueryTransforms;

/**
 * How passages are found.
 *
 * @param limit passages wanted
 * @param candidates chunks that each kind of search brings before they are fused
 * @param freshness which writes must be seen
 * @param filter which documents' passages are wanted, in CEL; blank for all
 * @param transforms what to make of the question before
 */
public record RetrievalSpec(
    int limit,
    Mode mode,
    int candidates,
    Fusion fusion,
    Freshness freshness,
    String filter,
    QueryTransforms transforms) {
  /** What a question gets that asks for nothing else. */
  public static final RetrievalSpec DEFAULT =
      new RetrievalSpec(3, Mode.HYBRID, 100, Fusion.Evidence.DEFAULT, Freshness.DEFAULT);

  /** Passages of all documents for the question as it is. */
  public RetrievalSpec(int limit, Mode mode, int candidates, Fusion fusion, Freshness freshness) {
    this(limit, mode, candidates, fusion, freshness, "", QueryTransforms.NONE);
  }

  /** The same of the documents that a filter lets pass. */
  public RetrievalSpec filtered(String by) {
    return new RetrievalSpec(limit, mode, candidates, fusion, freshness, by, transforms);
  }

  /** The same with other transforms. */
  public RetrievalSpec withTransforms(QueryTransforms other) {
    return new RetrievalSpec(limit, mode, candidates, fusion, freshness, filter, other);
  }

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
