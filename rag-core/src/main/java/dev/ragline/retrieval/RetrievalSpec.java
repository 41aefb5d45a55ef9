package dev.ragline.retrieval;

import dev.ragline.document.RagException;
import dev.ragline.store.Freshness;
import dev.ragline.transform.QueryTransforms;
import org.jspecify.annotations.Nullable;

/**
 * How passages are found.
 *
 * @param limit passages wanted
 * @param candidates chunks that each kind of search brings before they are fused
 * @param freshness which writes must be seen
 * @param filter which documents' passages are wanted, in CEL; blank for all
 * @param transforms what to make of the question before
 * @param selection which of the candidates become passages
 * @param expansion what is given around them; null for what suits: nothing, or in an answer {@link
 *     Expansion#FOR_ANSWERS}
 * @param rerank whether the best are ordered anew
 * @param explain whether what became of every candidate is wanted
 * @param grounds whether what an answer needs to know beyond the passages is wanted
 */
public record RetrievalSpec(
    int limit,
    Mode mode,
    int candidates,
    Fusion fusion,
    Freshness freshness,
    String filter,
    QueryTransforms transforms,
    Selection selection,
    @Nullable Expansion expansion,
    Rerank rerank,
    boolean explain,
    boolean grounds) {
  /** What a question gets that asks for nothing else. */
  public static final RetrievalSpec DEFAULT =
      new RetrievalSpec(3, Mode.HYBRID, 100, Fusion.Evidence.DEFAULT, Freshness.DEFAULT);

  /** Candidates a passage where some are skipped. */
  private static final int POOL = 2;

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

  /** Passages of all documents, as they are ranked, reranked where there is a reranker. */
  public RetrievalSpec(int limit, Mode mode, int candidates, Fusion fusion, Freshness freshness) {
    this(
        limit,
        mode,
        candidates,
        fusion,
        freshness,
        "",
        QueryTransforms.NONE,
        Selection.DEFAULT,
        null,
        Rerank.DEFAULT,
        false,
        false);
  }

  /** Candidates that must stay in the ranking, as some will be left out. */
  int pool() {
    return selection.skips() ? Math.min(candidates, POOL * limit) : limit;
  }

  /** The same of the documents that a filter lets pass. */
  public RetrievalSpec filtered(String by) {
    return with(by, transforms, selection, expansion, rerank, explain, grounds);
  }

  /** The same with other transforms. */
  public RetrievalSpec withTransforms(QueryTransforms other) {
    return with(filter, other, selection, expansion, rerank, explain, grounds);
  }

  /** The same with another selection. */
  public RetrievalSpec withSelection(Selection other) {
    return with(filter, transforms, other, expansion, rerank, explain, grounds);
  }

  /** The same with another expansion. */
  public RetrievalSpec withExpansion(@Nullable Expansion other) {
    return with(filter, transforms, selection, other, rerank, explain, grounds);
  }

  /** The same, reranked another way. */
  public RetrievalSpec withRerank(Rerank other) {
    return with(filter, transforms, selection, expansion, other, explain, grounds);
  }

  /** The same, explained or not. */
  public RetrievalSpec withExplain(boolean wanted) {
    return with(filter, transforms, selection, expansion, rerank, wanted, grounds);
  }

  /** The same for an answer: with its grounds, and sections whole unless it says otherwise. */
  public RetrievalSpec forAnswer() {
    Expansion around = expansion == null ? Expansion.FOR_ANSWERS : expansion;
    return with(filter, transforms, selection, around, rerank, explain, true);
  }

  private RetrievalSpec with(
      String newFilter,
      QueryTransforms newTransforms,
      Selection newSelection,
      @Nullable Expansion newExpansion,
      Rerank newRerank,
      boolean newExplain,
      boolean newGrounds) {
    return new RetrievalSpec(
        limit,
        mode,
        candidates,
        fusion,
        freshness,
        newFilter,
        newTransforms,
        newSelection,
        newExpansion,
        newRerank,
        newExplain,
        newGrounds);
  }
}
