package dev.ragline.generation;

import dev.ragline.document.Warning;
import java.util.List;

/**
 * How a model's text ended.
 *
 * @param model the model's own name for itself
 * @param finish why it stopped
 * @param warnings what went wrong on the way and was made good
 */
public record ChatOutcome(String model, Finish finish, TokenUsage usage, List<Warning> warnings) {
  /** Why a model stopped. */
  public enum Finish {
    /** It had said all. */
    STOP,
    /** It reached its token limit. */
    LENGTH,
    /** A filter held the rest back. */
    CONTENT_FILTER,
    /** It would have gone on, but was cut off at our own limit. */
    CUT_OFF
  }

  public ChatOutcome {
    warnings = List.copyOf(warnings);
  }

  /** One of which there is nothing to warn. */
  public ChatOutcome(String model, Finish finish, TokenUsage usage) {
    this(model, finish, usage, List.of());
  }

  /** The same with other warnings. */
  public ChatOutcome withWarnings(List<Warning> others) {
    return new ChatOutcome(model, finish, usage, others);
  }
}
