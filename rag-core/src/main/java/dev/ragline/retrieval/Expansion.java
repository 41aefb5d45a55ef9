package dev.ragline.retrieval;

import dev.ragline.document.RagException;

/**
 * What is given around a passage.
 *
 * @param neighbors chunks before, and as many after
 * @param section whether the chunks around it below the same headings
 * @param maxTokens the most tokens of a passage with all that, as the embedding model counts
 */
public record Expansion(int neighbors, boolean section, int maxTokens) {
  /** Tokens where a question does not say. */
  public static final int MAX_TOKENS = 2048;

  /** Nothing. */
  public static final Expansion NONE = new Expansion(0, false, MAX_TOKENS);

  /** What a writer gets to see: a section that was cut in two or three is whole again. */
  public static final Expansion FOR_ANSWERS = new Expansion(0, true, 512);

  private static final int MOST_NEIGHBORS = 50;
  private static final int MOST_TOKENS = 32_768;

  public Expansion {
    if (neighbors < 0 || neighbors > MOST_NEIGHBORS) {
      throw RagException.invalid("retrieval.expansion.neighbors", "must be 0 to 50");
    }
    if (maxTokens < 1 || maxTokens > MOST_TOKENS) {
      throw RagException.invalid("retrieval.expansion.max_tokens", "must be 1 to 32768");
    }
  }

  /** Whether it may add anything. */
  boolean adds() {
    return neighbors > 0 || section;
  }
}
