package dev.ragline.generation;

/** Tokens that a model read and wrote; zero where it does not tell. */
public record TokenUsage(long promptTokens, long completionTokens) {
  /** Nothing, or nothing known. */
  public static final TokenUsage NONE = new TokenUsage(0, 0);
}
