package dev.ragline.store.lucene;

import dev.ragline.call.Call;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A change that waits for its turn. Its caller may give up until it is taken; from then on the
 * caller waits for the outcome, so that what is reported is what happened.
 */
final class PendingWrite {
  private static final Duration LONG = Duration.ofDays(1);

  private enum State {
    WAITING,
    TAKEN,
    WITHDRAWN
  }

  private final Change change;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();

  PendingWrite(Change change) {
    this.change = change;
  }

  Change change() {
    return change;
  }

  /** Begins the write, unless its caller gave up. */
  boolean take() {
    return state.compareAndSet(State.WAITING, State.TAKEN);
  }

  /** Ends the write well; {@code found} says whether the document was there before. */
  void succeed(boolean found) {
    outcome.complete(found);
  }

  /** Ends the write with nothing written. */
  void fail(Throwable failure) {
    outcome.completeExceptionally(failure);
  }

  /** Waits for the outcome; throws what the write failed with, or why the caller gave up. */
  boolean await(Call call) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          Duration patience = state.get() == State.TAKEN ? LONG : call.remaining(LONG);
          return outcome.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
          giveUp(true, call);
        } catch (TimeoutException e) {
          giveUp(interrupted, call);
        } catch (ExecutionException e) {
          throw rethrow(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void giveUp(boolean interrupted, Call call) {
    if (state.compareAndSet(State.WAITING, State.WITHDRAWN)) {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      call.check("the write");
      throw new AssertionError("nobody gives up without a cause");
    }
  }

  private static RuntimeException rethrow(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException known
        ? known
        : new IllegalStateException("a write failed in an unknown way", failure);
  }
}
