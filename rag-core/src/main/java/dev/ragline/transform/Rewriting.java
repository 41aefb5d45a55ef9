package dev.ragline.transform;

/** How a question that follows upon a history is made to stand alone. */
public enum Rewriting {
  /** By the language model where there is one and it does not fail, and else by key terms. */
  AUTO,
  /** Not at all. */
  OFF,
  /** By the words of the history that matter most. */
  KEY_TERMS,
  /** By the language model, whose failures are the caller's. */
  MODEL_REQUIRED
}
