package dev.ragline.generation.failover;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import dev.ragline.call.Call;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets so many in at once as an endpoint bears, and others wait. The limit falls by a tenth with
 * every answer that the endpoint refuses for want of capacity, and grows by one with every good one
 * while at least half of it is used (additive increase, multiplicative decrease; Chiu and Jain,
 * 1989). How long an answer takes says nothing here: it depends on its length.
 *
 * <p>The library's own blocking limiter waits for the same time whoever asks, and no deadline.
 */
final class Turnstile {
  private static final double BACK_OFF = 0.9;

  private final Limiter<Void> limiter;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition freed = lock.newCondition();

  Turnstile(int most) {
    this.limiter =
        SimpleLimiter.newBuilder()
            .limit(
                AIMDLimit.newBuilder()
                    .initialLimit(most)
                    .minLimit(1)
                    .maxLimit(most)
                    .backoffRatio(BACK_OFF)
                    .timeout(1, TimeUnit.DAYS)
                    .build())
            .build();
  }

  /** A place inside, to be left once. */
  final class Place {
    private final Limiter.Listener listener;

    private Place(Limiter.Listener listener) {
      this.listener = listener;
    }

    /** Leaves after a good answer. */
    void served() {
      listener.onSuccess();
      wake();
    }

    /** Leaves after an answer that was refused for want of capacity. */
    void refused() {
      listener.onDropped();
      wake();
    }

    /** Leaves after what says nothing about the endpoint's capacity. */
    void left() {
      listener.onIgnore();
      wake();
    }
  }

  /** A place, if there is one now. */
  Optional<Place> enter() {
    return limiter.acquire(null).map(Place::new);
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
      Optional<Place> place = enter();
      while (place.isEmpty() && left > 0) {
        left = freed.awaitNanos(left);
        place = enter();
      }
      // Whoever left may have made room for two.
      place.ifPresent(inside -> freed.signal());
      if (place.isEmpty()) {
        call.check(stage);
      }
      return place;
    } catch (InterruptedException e) {
      freed.signal();
      Thread.currentThread().interrupt();
      call.check(stage);
      throw new IllegalStateException("an interrupted thread was not cancelled", e);
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      freed.signal();
    } finally {
      lock.unlock();
    }
  }
}
