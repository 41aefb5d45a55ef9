package dev.ragline.store.lucene;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a few writers write at a time, so that what all of them hold in memory is bounded; the
 * others wait without a thread, so that indexes can be opened meanwhile.
 */
final class WriteTurns implements Executor {
  private static final Logger log = LoggerFactory.getLogger(WriteTurns.class);

  /** Of the heap, for what writers hold. */
  private static final int SHARE = 8;

  private static final int FEWEST = 2;

  /** More at once make no disk faster. */
  private static final int MOST = 16;

  private final Executor threads;
  private final int most;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running;

  /**
   * @param most writers at a time
   */
  WriteTurns(Executor threads, int most) {
    this.threads = threads;
    this.most = most;
  }

  /** As many at a time as an eighth of the heap has buffers for. */
  static WriteTurns forHeap(Executor threads) {
    long buffers = Runtime.getRuntime().maxMemory() / SHARE / (IndexFormat.BUFFER * 1024L * 1024);
    return new WriteTurns(threads, Math.clamp(buffers, FEWEST, MOST));
  }

  @Override
  public synchronized void execute(Runnable work) {
    if (running < most) {
      threads.execute(() -> run(work));
      running++;
    } else {
      waiting.add(work);
    }
  }

  private void run(Runnable first) {
    for (Runnable work = first; work != null; work = next()) {
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        log.error("a turn of writing failed", e);
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable next = waiting.poll();
    if (next == null) {
      running--;
    }
    return next;
  }
}
