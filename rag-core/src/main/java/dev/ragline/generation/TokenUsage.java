package dev.ragline.generation;

/**
 * Tokens that a model read and wrote; zero where it does not tell.
 *
 * @param completionTokens all that it wrote, its thoughts included
 * @param reasoningTokens those of its thoughts
 */
public record TokenUsage(long promptTokens, long completionTokens, long reasoningTokens) {
  /** Nothing, or nothing known. */
  public static final TokenUsage NONE = new TokenUsage(0, 0);

  /** Those of a model that does not think, or does not tell. */
  public TokenUsage(long promptTokens, long completionTokens) {
    this(promptTokens, completionTokens, 0);
  }

  /** Both together. */
  public TokenUsage plus(TokenUsage other) {
    return new TokenUsage(
        promptTokens + other.promptTokens,
        completionTokens + other.completionTokens,
        reasoningTokens + other.reasoningTokens);
  }

  /** What is paid for. */
  public long total() {
    return promptTokens + completionTokens;
  }
}
