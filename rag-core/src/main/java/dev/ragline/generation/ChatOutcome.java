package dev.ragline.generation;

/**
 * How a model's text ended.
 *
 * @param model the model's own name for itself
 * @param finish why it stopped
 */
public record ChatOutcome(String model, Finish finish, TokenUsage usage) {
  /** Why a model stopped. */
  public enum Finish {
    /** It had said all. */
    STOP,
    /** It reached its token limit. */
    LENGTH,
    /** A filter held the rest back. */
    CONTENT_FILTER
  }
}
