package dev.ragline.retrieval;

import org.jspecify.annotations.Nullable;

/**
 * Why a passage was found; a score is null where it was not computed.
 *
 * @param dense closeness of the vectors by the corpus's metric
 * @param lexical BM25
 * @param evidence what the text itself says, in a hybrid search by {@link Fusion.Evidence}
 * @param fused what passages are ordered by unless they were reranked
 * @param rerank 0…1, what the reranker said; null for a passage that it did not read
 */
public record Scores(
    @Nullable Double dense,
    @Nullable Double lexical,
    @Nullable Evidence evidence,
    double fused,
    @Nullable Double rerank) {
  /** Of a passage that no reranker has read. */
  public Scores(
      @Nullable Double dense, @Nullable Double lexical, @Nullable Evidence evidence, double fused) {
    this(dense, lexical, evidence, fused, null);
  }

  /** The same with what the reranker said. */
  public Scores reranked(double score) {
    return new Scores(dense, lexical, evidence, fused, score);
  }
}
