package dev.ragline.store.milvus;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets only so much be on its way to Milvus at once: who comes later waits, and with it whoever
 * uploads.
 */
final class WriteGate {
  private static final int UNIT = 64 << 10;
  private static final int UNITS = (32 << 20) / UNIT;

  private final Semaphore units = new Semaphore(UNITS, true);

  /**
   * Does a piece of work when there is room for it.
   *
   * @param bytes how much it sends
   */
  <T> T through(long bytes, Call call, Supplier<T> work) {
    int needed = Math.clamp(bytes / UNIT + 1, 1, UNITS);
    try {
      long patience = call.remaining(Duration.ofDays(1)).toNanos();
      if (!units.tryAcquire(needed, patience, TimeUnit.NANOSECONDS)) {
        throw new RagException(
            ErrorCode.DEADLINE_EXCEEDED,
            "DEADLINE_EXCEEDED",
            "the deadline passed while waiting for other writes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RagException(
          ErrorCode.CANCELLED, "CANCELLED", "cancelled while waiting for other writes", e);
    }
    try {
      return work.get();
    } finally {
      units.release(needed);
    }
  }
}
