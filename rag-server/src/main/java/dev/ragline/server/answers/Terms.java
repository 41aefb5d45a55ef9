package dev.ragline.server.answers;

import java.time.Duration;

/**
 * On what terms an answer is written.
 *
 * @param lease how long it goes on when nobody reads it; whoever resumes it ends the lease
 * @param aheadBytes of events, by how many it may be ahead of the slowest of those who read it
 */
record Terms(Duration lease, int aheadBytes) {
  /** At the pace of its readers, and not without them. */
  static final Terms CANCEL = new Terms(Duration.ZERO, 0);

  private static final int CONTINUED_AHEAD_BYTES = 16 << 10;

  Terms {
    if (lease.isNegative() || aheadBytes < 0) {
      throw new IllegalArgumentException(
          "terms are not negative, as %s and %d".formatted(lease, aheadBytes));
    }
  }

  /** A little ahead of its readers, and for a while without them. */
  static Terms goingOn(Duration lease) {
    return new Terms(lease, CONTINUED_AHEAD_BYTES);
  }

  /** Whether the lease is over after so long without readers. */
  boolean isOver(long nanosWithoutReaders) {
    return nanosWithoutReaders >= lease.toNanos();
  }
}
