package dev.ragline.execution;

import dev.ragline.call.Priority;
import dev.ragline.document.CorpusId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A piece of work for a core, and its result. */
final class ComputeTask<T> {
  final Priority priority;
  final @Nullable CorpusId corpus;

  /** When it was added, in {@link System#nanoTime()}. */
  final long since;

  private final FutureTask<T> work;
  private final CountDownLatch over = new CountDownLatch(1);

  ComputeTask(Priority priority, @Nullable CorpusId corpus, Supplier<T> work, long since) {
    this.priority = priority;
    this.corpus = corpus;
    this.since = since;
    this.work = new FutureTask<>(work::get);
  }

  /** Does the work, on a thread of the pool's. */
  void run() {
    try {
      work.run();
    } finally {
      over.countDown();
    }
  }

  FutureTask<T> result() {
    return work;
  }

  /** Ends the task, which was taken back before it began. */
  void drop() {
    work.cancel(false);
    over.countDown();
  }

  /** Interrupts the work where it runs, and has it not begin where it does not. */
  void cancel() {
    work.cancel(true);
  }

  /** Waits until the work has ended, however often this thread is interrupted. */
  void awaitEnd() {
    boolean interrupted = false;
    while (true) {
      try {
        over.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
