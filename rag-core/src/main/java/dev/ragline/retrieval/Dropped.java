package dev.ragline.retrieval;

/**
 * A candidate that did not become a passage.
 *
 * @param detail the reason for people
 */
record Dropped(FusedCandidate candidate, Reason reason, String detail) {
  /** Why. */
  enum Reason {
    /** Its fused score is below the least that was asked for. */
    BELOW_MIN_SCORE,
    /** Its text is that of a passage, or nearly. */
    NEAR_DUPLICATE,
    /** Its document has given as many passages as it may. */
    DOCUMENT_FULL,
    /** A better passage's expanded text holds it. */
    IN_EXPANDED_TEXT,
    /** There were enough before it. */
    BEYOND_LIMIT
  }
}
