package dev.ragline.answering;

import java.time.Duration;

/**
 * How fast a language model wrote.
 *
 * @param toFirstText from when it was asked until its text began
 * @param afterwards from then until its end
 */
public record Pace(Duration toFirstText, Duration afterwards) {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** Tokens a second after the first text; 0 where they came all at once. */
  double tokensPerSecond(long tokens) {
    return afterwards.compareTo(SHORTEST) < 0 ? 0 : tokens * 1e9 / afterwards.toNanos();
  }
}
