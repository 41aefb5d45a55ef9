package dev.ragline.store.milvus;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/** Waits for locks whose holders may be waiting for Milvus. */
final class Locks {
  private Locks() {}

  /**
   * Takes a lock.
   *
   * @throws RagException DEADLINE_EXCEEDED, or CANCELLED when the thread is interrupted
   */
  static void lock(Lock lock, Call call) {
    try {
      Duration patience = call.remaining(Duration.ofDays(1));
      if (!lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new RagException(
            ErrorCode.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "the deadline passed in the store");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RagException(
          ErrorCode.CANCELLED, "CANCELLED", "cancelled while waiting for the store", e);
    }
  }
}
