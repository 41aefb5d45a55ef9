package dev.ragline.execution;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that says when it is time. The work itself runs on a virtual thread, so that none
 * delays another; a failure is logged, and a periodic task goes on after it.
 */
public final class Timer {
  private static final Logger log = LoggerFactory.getLogger(Timer.class);

  private final WaitingThreads waiting;
  private final ScheduledThreadPoolExecutor clock;

  Timer(WaitingThreads waiting) {
    this.waiting = waiting;
    this.clock =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("timer").factory());
    // Most deadlines are far away when their calls have ended.
    clock.setRemoveOnCancelPolicy(true);
  }

  /** Something that is to happen. */
  @FunctionalInterface
  public interface Scheduled {
    /** Has it not happen, or not again; what runs is not interrupted. */
    void cancel();
  }

  /**
   * Does work again and again. A turn that comes while the last one still runs is left out.
   *
   * @param name what it does, for logs and thread dumps
   */
  public Scheduled every(String name, Duration period, Runnable work) {
    AtomicBoolean running = new AtomicBoolean();
    Runnable turn =
        () -> {
          if (running.compareAndSet(false, true)) {
            begin(
                name,
                () -> {
                  try {
                    work.run();
                  } finally {
                    running.set(false);
                  }
                });
          }
        };
    ScheduledFuture<?> future =
        clock.scheduleWithFixedDelay(
            () -> survive(name, turn), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  /** Does work once, after a while; it is not done when the timer is closed before. */
  public Scheduled after(String name, Duration delay, Runnable work) {
    try {
      ScheduledFuture<?> future =
          clock.schedule(() -> begin(name, work), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      return () -> {};
    }
  }

  private void begin(String name, Runnable work) {
    Thread _ = waiting.start(name, () -> survive(name, work));
  }

  private static void survive(String name, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      log.error("{} failed", name, e);
    }
  }

  /** The clock itself, for libraries that want one; what is put there must only wake others. */
  public ScheduledExecutorService scheduler() {
    return clock;
  }

  void close() {
    clock.shutdownNow();
  }
}
