package dev.ragline.upstream;

import dev.ragline.call.Call;
import dev.ragline.call.Priority;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets so many in at once as an endpoint bears, and others wait. The limit falls by a tenth with
 * every answer that the endpoint refuses for want of capacity, and grows by one with every good one
 * while at least half of it is used (additive increase, multiplicative decrease; Chiu and Jain,
 * 1989). How long an answer takes says nothing here: it depends on its length.
 *
 * <p>Batches leave a quarter of the places to questions, whose callers wait.
 */
final class Turnstile {
  private static final double BACK_OFF = 0.9;

  private final int most;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition freed = lock.newCondition();
  private double limit;
  private int inside;

  Turnstile(int most) {
    this.most = most;
    this.limit = most;
  }

  /** A place inside, to be left once. */
  final class Place {
    private final boolean busy;

    private Place(boolean busy) {
      this.busy = busy;
    }

    /** Leaves after a good answer. */
    void served() {
      leave(busy ? Math.min(most, limit + 1) : limit);
    }

    /** Leaves after an answer that was refused for want of capacity. */
    void refused() {
      leave(Math.max(1, Math.floor(limit * BACK_OFF)));
    }

    /** Leaves after what says nothing about the endpoint's capacity. */
    void left() {
      leave(limit);
    }
  }

  private void leave(double newLimit) {
    lock.lock();
    try {
      limit = newLimit;
      inside--;
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A place, if there is one now. */
  Optional<Place> enter(Priority priority) {
    lock.lock();
    try {
      double own = priority == Priority.BATCH ? Math.max(1, limit * 3 / 4) : limit;
      if (inside >= (int) own) {
        return Optional.empty();
      }
      inside++;
      return Optional.of(new Place(inside * 2 >= limit));
    } finally {
      lock.unlock();
    }
  }

  /**
   * A place once there is one; empty when it took too long.
   *
   * @throws dev.ragline.document.RagException CANCELLED when the thread is interrupted,
   *     DEADLINE_EXCEEDED
   */
  Optional<Place> enter(Duration longest, Call call, String stage) {
    long left = call.remaining(longest).toNanos();
    lock.lock();
    try {
      Optional<Place> place = enter(call.priority());
      while (place.isEmpty() && left > 0) {
        left = freed.awaitNanos(left);
        place = enter(call.priority());
      }
      if (place.isEmpty()) {
        call.check(stage);
      }
      return place;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      call.check(stage);
      throw new IllegalStateException("an interrupted thread was not cancelled", e);
    } finally {
      lock.unlock();
    }
  }
}
