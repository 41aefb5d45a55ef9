package dev.ragline.operation;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.execution.WaitingThreads;
import dev.ragline.operation.Operation.Failed;
import dev.ragline.operation.Operation.Outcome;
import dev.ragline.operation.Operation.Succeeded;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One operation and the thread that does its work. */
final class Running<P, R> {
  /** How an operation ended, and when. */
  record End<R>(Outcome<R> outcome, Instant time) {}

  private final OperationId id;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile P progress;
  private volatile @Nullable RagException stopped;
  private volatile @Nullable End<R> end;
  private volatile @Nullable Thread thread;

  Running(OperationId id, P progress) {
    this.id = id;
    this.progress = progress;
  }

  /** Begins the work; {@code atEnd} is called with how it ended. */
  void start(
      WaitingThreads threads,
      Work<P, R> work,
      Function<Throwable, RagException> describe,
      Function<Outcome<R>, End<R>> atEnd) {
    Thread worker =
        threads.unstarted(
            "operation-" + id,
            () -> {
              Outcome<R> outcome = outcome(work, describe);
              end = atEnd.apply(outcome);
              ended.countDown();
            });
    thread = worker;
    worker.start();
  }

  private Outcome<R> outcome(Work<P, R> work, Function<Throwable, RagException> describe) {
    try {
      RagException early = stopped;
      if (early != null) {
        throw early;
      }
      return new Succeeded<>(work.run(reported -> progress = reported));
    } catch (RuntimeException | Error e) {
      // Whatever the work made of the interrupt, the one who sent it knows why.
      RagException reason = stopped;
      return new Failed<>(reason == null ? describe.apply(e) : reason);
    }
  }

  OperationId id() {
    return id;
  }

  Operation<P, R> snapshot() {
    End<R> ending = end;
    return new Operation<>(id, progress, Optional.ofNullable(ending).map(End::outcome));
  }

  /** When it ended; nothing while it runs. */
  Optional<Instant> endTime() {
    return Optional.ofNullable(end).map(End::time);
  }

  void cancel() {
    stop(new RagException(ErrorCode.CANCELLED, "CANCELLED", "the operation was cancelled"));
  }

  /** Interrupts the work, for a reason that the operation ends with. */
  void stop(RagException reason) {
    if (stopped == null) {
      stopped = reason;
    }
    Thread worker = thread;
    if (worker != null) {
      worker.interrupt();
    }
  }

  /** Waits for the end, or until the time is over. */
  void await(Duration longest) throws InterruptedException {
    var _ = ended.await(longest.toNanos(), TimeUnit.NANOSECONDS);
  }
}
