package dev.ragline.execution;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Waits for something that only an interrupt can end, and leaves the calling thread uninterrupted
 * by it. The thread that waits ends before the call returns, or soon after the interrupt.
 */
public final class BoundedWait {
  /** How long what was interrupted may take to notice. */
  private static final Duration LAST = Duration.ofSeconds(3);

  private BoundedWait() {}

  /**
   * What {@code source} gives, on a virtual thread of its own that is interrupted when the time is
   * over or the caller is interrupted.
   *
   * @return empty when it is late, fails or gives nothing
   */
  public static <T> Optional<T> await(Supplier<Optional<T>> source, Duration longest) {
    FutureTask<Optional<T>> task = new FutureTask<>(source::get);
    Thread waiting = Thread.ofVirtual().start(task);
    try {
      return task.get(Math.max(0, longest.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      end(waiting);
    }
  }

  /** Nobody else may use what the thread waits for before it has let go. */
  private static void end(Thread waiting) {
    boolean interrupted = Thread.interrupted();
    waiting.interrupt();
    try {
      waiting.join(LAST);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
