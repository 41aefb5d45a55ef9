package dev.ragline.upstream;

import dev.ragline.document.RagException;
import java.time.Duration;

/**
 * How endpoints are spared.
 *
 * @param maxConcurrent answers at once that an endpoint is asked for at most; fewer once it refuses
 * @param longestQueue how long an answer waits for its turn
 * @param breakerPause how long an endpoint that keeps failing is left alone; zero never does so
 */
public record FailoverConfig(int maxConcurrent, Duration longestQueue, Duration breakerPause) {
  /** More at once than a server is asked on one connection. */
  public static final FailoverConfig DEFAULT =
      new FailoverConfig(256, Duration.ofSeconds(30), Duration.ofSeconds(15));

  /** The usual pauses, with another limit. */
  public static FailoverConfig ofAtMost(int maxConcurrent) {
    return new FailoverConfig(maxConcurrent, DEFAULT.longestQueue(), DEFAULT.breakerPause());
  }

  public FailoverConfig {
    if (maxConcurrent < 1) {
      throw RagException.invalid("llm concurrency", "at least one answer at once");
    }
    if (longestQueue.isNegative() || breakerPause.isNegative()) {
      throw RagException.invalid("llm pauses", "a pause is not negative");
    }
  }
}
