package dev.ragline.server.answers;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A lock that is held for moments, and waiting for what is changed under it. */
final class Monitor {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Does what takes a moment, alone. */
  <T extends @Nullable Object> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Does what takes a moment, alone. */
  void locking(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  /** Has those who wait look again; under the lock. */
  void signal() {
    changed.signalAll();
  }

  /**
   * Waits for a condition and then does what takes a moment, both under the lock.
   *
   * @param pollNanos after how long to look again in any case
   */
  void once(BooleanSupplier condition, long pollNanos, Runnable work) throws InterruptedException {
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        var _ = changed.awaitNanos(pollNanos);
      }
      work.run();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a condition; returns whether it came in time. */
  boolean await(BooleanSupplier condition, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lock();
    try {
      while (!condition.getAsBoolean() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return condition.getAsBoolean();
    } finally {
      lock.unlock();
    }
  }
}
