package dev.ragline.execution;

import dev.ragline.call.Priority;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads of the compute pool, made when they are needed, and which task each takes next. There
 * are at most twice as many as cores: as many for interactive work as for batches.
 */
final class ComputeThreads {
  private final int cores;
  private final ComputeQueue queue;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition allEnded = lock.newCondition();
  private int threads;
  private int idle;

  /** Of the idle ones, those that are on their way to a task. */
  private int waking;

  private long done;
  private boolean closed;

  /** A thread of a pool. */
  private final class Worker extends Thread {
    Worker(int number) {
      super(null, null, "compute-" + number);
      setDaemon(true);
    }

    @Override
    public void run() {
      workUntilClosed();
    }

    ComputeThreads owner() {
      return ComputeThreads.this;
    }
  }

  ComputeThreads(int cores) {
    this.cores = cores;
    this.queue = new ComputeQueue(cores);
  }

  /** Whether this thread is one of them. */
  boolean isHere() {
    return Thread.currentThread() instanceof Worker worker && worker.owner() == this;
  }

  /**
   * Has a task begin in its turn.
   *
   * @throws RagException UNAVAILABLE once closed
   */
  void submit(ComputeTask<?> task) {
    lock.lock();
    try {
      if (closed) {
        throw stopping();
      }
      add(task);
    } finally {
      lock.unlock();
    }
  }

  /** Has a task begin if that is at once; returns whether it does. */
  boolean submitIfFree(ComputeTask<?> task) {
    lock.lock();
    try {
      boolean free = !closed && queue.hasFreeCore();
      if (free) {
        add(task);
      }
      return free;
    } finally {
      lock.unlock();
    }
  }

  private void add(ComputeTask<?> task) {
    queue.add(task);
    if (!wakeOne() && threads < 2 * cores) {
      new Worker(threads++).start();
    }
  }

  /** Wakes a thread that is not woken yet; false where there is none. */
  private boolean wakeOne() {
    boolean sleeping = waking < idle;
    if (sleeping) {
      waking++;
      work.signal();
    }
    return sleeping;
  }

  /** Takes a task back that has not begun. */
  boolean take(ComputeTask<?> task) {
    lock.lock();
    try {
      return queue.remove(task);
    } finally {
      lock.unlock();
    }
  }

  private void workUntilClosed() {
    for (ComputeTask<?> task = next(null); task != null; task = next(task)) {
      task.run();
      // The end of one task's interrupt must not be the beginning of the next one's.
      var _ = Thread.interrupted();
    }
  }

  /** Waits for a task; null when the pool is closed and nothing is left to do. */
  private @Nullable ComputeTask<?> next(@Nullable ComputeTask<?> ended) {
    lock.lock();
    try {
      if (ended != null) {
        queue.ended(ended);
        done++;
      }
      ComputeTask<?> task = queue.next(System.nanoTime());
      while (task == null && !closed) {
        ended();
        idle++;
        work.awaitUninterruptibly();
        idle--;
        waking = Math.max(0, waking - 1);
        task = queue.next(System.nanoTime());
      }
      if (task == null) {
        threads--;
        ended();
      } else if (queue.hasWaiting()) {
        // Where one may begin another may, too; if not, the thread that wakes up waits again.
        var _ = wakeOne();
      }
      return task;
    } finally {
      lock.unlock();
    }
  }

  private void ended() {
    if (queue.running() == 0) {
      allEnded.signalAll();
    }
  }

  /** How many pieces of a priority have not begun. */
  int waiting(Priority priority) {
    lock.lock();
    try {
      return queue.waiting(priority);
    } finally {
      lock.unlock();
    }
  }

  /** How it stands. */
  ComputeStats stats() {
    lock.lock();
    try {
      return new ComputeStats(
          cores,
          threads,
          queue.running(Priority.INTERACTIVE),
          queue.running(Priority.BATCH),
          queue.waiting(Priority.INTERACTIVE),
          queue.waiting(Priority.BATCH),
          done);
    } finally {
      lock.unlock();
    }
  }

  private static RagException stopping() {
    return RagException.unavailable(
        "SERVER_STOPPING", "the server is shutting down", Duration.ofSeconds(1), null);
  }

  /** Takes no more work; what was taken is done. */
  void close() {
    lock.lock();
    try {
      closed = true;
      waking = idle;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing runs any more; returns whether that came in time. */
  boolean awaitIdle(Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    lock.lock();
    try {
      while (queue.running() > 0 && left > 0) {
        left = allEnded.awaitNanos(left);
      }
      return queue.running() == 0;
    } finally {
      lock.unlock();
    }
  }
}
