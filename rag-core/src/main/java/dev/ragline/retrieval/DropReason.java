package dev.ragline.retrieval;

/** Why a chunk that was found was not returned. */
public enum DropReason {
  /** By the first ranking it was not among those that were looked at closely. */
  NOT_IN_POOL,
  /** Enough others were better. */
  BELOW_LIMIT,
  /** Its score was too low. */
  MIN_SCORE,
  /** It says nearly the same, word for word, as a better one. */
  DUPLICATE,
  /** Its document had enough passages already. */
  TOO_MANY_OF_DOCUMENT,
  /** It is too much like better ones. */
  DIVERSITY,
  /** It stands in the text around a better one. */
  IN_EXPANDED_TEXT
}
