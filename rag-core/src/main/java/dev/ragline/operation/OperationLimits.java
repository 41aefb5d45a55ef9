package dev.ragline.operation;

import java.time.Duration;

/**
 * How much is kept.
 *
 * @param running operations at once
 * @param finished operations kept after their end, the latest ones
 * @param retention how long they are kept
 */
public record OperationLimits(int running, int finished, Duration retention) {
  /** Two at once; the last 32 of the last hour. */
  public static final OperationLimits DEFAULT = new OperationLimits(2, 32, Duration.ofHours(1));

  public OperationLimits {
    if (running < 1 || finished < 1 || retention.isNegative()) {
      throw new IllegalArgumentException("an operation must run, and be there after its end");
    }
  }
}
