package dev.ragline.call;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.time.Duration;

/**
 * Until when a caller waits. Stages check it at their boundaries and hand it down; it also turns a
 * thread's interrupt, which is how a caller cancels, into CANCELLED.
 */
public final class Deadline {
  /** Never passes. */
  public static final Deadline NONE = new Deadline(Long.MAX_VALUE, false);

  private final long nanoTime;
  private final boolean bounded;

  private Deadline(long nanoTime, boolean bounded) {
    this.nanoTime = nanoTime;
    this.bounded = bounded;
  }

  /** A deadline that passes after {@code duration}. */
  public static Deadline after(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos(), true);
  }

  /** Whether the deadline ever passes. */
  public boolean isBounded() {
    return bounded;
  }

  /** Time left, at least zero; {@code longest} where that is less or the deadline is unbounded. */
  public Duration remaining(Duration longest) {
    if (!bounded) {
      return longest;
    }
    Duration left = Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    return left.compareTo(longest) < 0 ? left : longest;
  }

  /**
   * Ends the work when nobody waits for it any more.
   *
   * @param stage what is about to begin, for the message
   * @throws RagException DEADLINE_EXCEEDED, or CANCELLED when the thread is interrupted
   */
  public void check(String stage) {
    if (Thread.currentThread().isInterrupted()) {
      throw new RagException(ErrorCode.CANCELLED, "CANCELLED", "cancelled before " + stage);
    }
    if (bounded && nanoTime - System.nanoTime() <= 0) {
      throw new RagException(
          ErrorCode.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "the deadline passed before " + stage);
    }
  }
}
