package dev.ragline.retrieval;

import dev.ragline.document.RagException;

/**
 * Whether the best passages are ordered anew by a {@link dev.ragline.ranking.Reranker}.
 *
 * @param candidates passages, the best so far, that it reads
 */
public record Rerank(Mode mode, int candidates) {
  /**
   * Half as many as are looked at closely: each is an inference, and the passage wanted is hardly
   * ever behind them.
   */
  public static final Rerank DEFAULT = new Rerank(Mode.WHERE_THERE_IS_ONE, 16);

  /** Not at all. */
  public static final Rerank OFF = new Rerank(Mode.OFF, DEFAULT.candidates());

  /** How much it is wanted. */
  public enum Mode {
    /** {@link #OPTIONAL} where there is a reranker, else {@link #OFF}. */
    WHERE_THERE_IS_ONE,
    /** Not at all. */
    OFF,
    /** As far as time allows; what could not be done is a warning. */
    OPTIONAL,
    /** All of it, or the question fails. */
    REQUIRED
  }

  public Rerank {
    if (candidates < 1 || candidates > 1000) {
      throw RagException.invalid("retrieval.rerank.candidates", "must be 1 to 1000");
    }
  }
}
