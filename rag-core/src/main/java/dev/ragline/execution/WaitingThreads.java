package dev.ragline.execution;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Virtual threads, one for each piece of work that waits: for a network, a lock, a reader. What
 * computes on them asks the {@link ComputePool} for a core.
 */
public final class WaitingThreads {
  private final AtomicInteger running = new AtomicInteger();

  WaitingThreads() {}

  /**
   * A thread that is not started yet, so that whoever interrupts it can be told of it first.
   *
   * @param name what it does, for thread dumps
   */
  public Thread unstarted(String name, Runnable work) {
    return Thread.ofVirtual().name(name).unstarted(() -> counted(work));
  }

  /** Begins work on a thread of its own. */
  public Thread start(String name, Runnable work) {
    Thread thread = unstarted(name, work);
    thread.start();
    return thread;
  }

  private void counted(Runnable work) {
    running.incrementAndGet();
    try {
      work.run();
    } finally {
      running.decrementAndGet();
    }
  }

  /**
   * Threads for the pieces of one piece of work, which ends when the executor is closed.
   *
   * @param name what they do, for thread dumps
   */
  public ExecutorService perTask(String name) {
    return Executors.newThreadPerTaskExecutor(
        task -> Thread.ofVirtual().name(name).unstarted(() -> counted(task)));
  }

  /** Threads that have not ended. */
  public int running() {
    return running.get();
  }
}
