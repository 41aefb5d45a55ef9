package dev.ragline.store.milvus;

import com.google.common.util.concurrent.Striped;
import dev.ragline.document.Deadline;
import java.util.concurrent.locks.Lock;

/**
 * Has changes of one collection wait for each other, where they must. Milvus Lite opens its log
 * with the first change after each flush and does not guard that: of two changes at that moment one
 * may never reach the log, so that a crash loses it although it was acknowledged.
 */
final class WriteTurns {
  private final Striped<Lock> locks = Striped.lock(64);
  private volatile boolean needed;

  /** From now on they wait. */
  void require() {
    needed = true;
  }

  /** Changes a collection when it is this call's turn. */
  void take(String collection, Deadline deadline, Runnable change) {
    if (!needed) {
      change.run();
      return;
    }
    Lock lock = locks.get(collection);
    Locks.lock(lock, deadline);
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }
}
