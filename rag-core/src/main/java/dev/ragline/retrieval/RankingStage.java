package dev.ragline.retrieval;

/** The rankings on the way from the searches to the passages, in order. */
public enum RankingStage {
  /** The search by vectors. */
  DENSE,
  /** The search by words. */
  LEXICAL,
  /** Both as one ranking. */
  FUSED,
  /** The close look at the best. */
  EVIDENCE,
  /** The reranker's. */
  RERANK,
  /** What was returned. */
  SELECTION
}
