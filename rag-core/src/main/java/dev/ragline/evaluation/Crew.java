package dev.ragline.evaluation;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.execution.WaitingThreads;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Does numbered pieces of work, so many at once. */
final class Crew {
  private final int count;
  private final IntConsumer piece;
  private final Call call;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

  private Crew(int count, IntConsumer piece, Call call) {
    this.count = count;
    this.piece = piece;
    this.call = call;
  }

  /**
   * Does the pieces 0 … count-1 and returns when all are done. The first that fails ends it, with
   * its exception, and so does an interrupt of the caller; either way nothing runs on.
   */
  static void run(int count, int workers, IntConsumer piece, WaitingThreads threads, Call call) {
    Crew crew = new Crew(count, piece, call);
    try (ExecutorService pool = threads.perTask("evaluation")) {
      Callable<Boolean> worker = crew::work;
      // On an interrupt this interrupts the workers, and closing the pool waits for their end.
      var _ = pool.invokeAll(Collections.nCopies(workers, worker));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RagException(ErrorCode.CANCELLED, "CANCELLED", "cancelled while evaluating", e);
    }
    RuntimeException failed = crew.failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  private boolean work() {
    int mine = next.getAndIncrement();
    while (mine < count && failure.get() == null) {
      try {
        call.check("question " + (mine + 1));
        piece.accept(mine);
      } catch (RuntimeException e) {
        failure.compareAndSet(null, e);
      }
      mine = next.getAndIncrement();
    }
    return true;
  }
}
