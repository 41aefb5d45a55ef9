package dev.ragline.execution;

import dev.ragline.call.Priority;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads of the compute pool, made when they are needed, and which task each takes next. There
 * are at most twice as many as cores: as many for interactive work as for batches. Those for
 * batches leave the cores to all others of the process, so that a question is not slower while
 * documents are embedded, nor a health check.
 */
final class ComputeThreads {
  /** A quarter of a core beside a thread that wants all of it. */
  private static final int BATCH_NICENESS = 5;

  private final int cores;
  private final ComputeQueue queue;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allEnded = lock.newCondition();
  private final Crew interactive = new Crew(Priority.INTERACTIVE);
  private final Crew batch = new Crew(Priority.BATCH);
  private long done;
  private boolean closed;

  /** The threads for one priority. Guarded by the lock. */
  private final class Crew {
    final Priority priority;
    private final Condition work = lock.newCondition();
    private int threads;
    private int idle;

    /** Of the idle ones, those that are on their way to a task. */
    private int waking;

    Crew(Priority priority) {
      this.priority = priority;
    }

    /** Has a thread come for a task that may begin, if one of this priority may. */
    void call(long now) {
      if (!queue.mayBegin(priority, now)) {
        return;
      }
      if (waking < idle) {
        waking++;
        work.signal();
      } else if (threads < cores) {
        threads++;
        new Worker(this, threads).start();
      }
    }

    /** Waits for a task that may begin; null when the pool is closed and nothing is left to do. */
    @Nullable ComputeTask<?> await() {
      ComputeTask<?> task = null;
      while (task == null && !(closed && queue.waiting(priority) == 0)) {
        idle++;
        work.awaitUninterruptibly();
        idle--;
        waking = Math.max(0, waking - 1);
        task = queue.next(priority, System.nanoTime());
      }
      return task;
    }

    void close() {
      waking = idle;
      work.signalAll();
    }
  }

  /** A thread of a pool. */
  private final class Worker extends Thread {
    private final Crew crew;

    Worker(Crew crew, int number) {
      super(null, null, crew.priority.name().toLowerCase(Locale.ROOT) + "-" + number);
      this.crew = crew;
      setDaemon(true);
    }

    @Override
    public void run() {
      if (crew == batch) {
        Niceness.yieldCores(BATCH_NICENESS);
      }
      workUntilClosed(crew);
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
    callCrews();
  }

  private void callCrews() {
    long now = System.nanoTime();
    interactive.call(now);
    batch.call(now);
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

  private void workUntilClosed(Crew crew) {
    for (ComputeTask<?> task = next(crew, null); task != null; task = next(crew, task)) {
      task.run();
      // The end of one task's interrupt must not be the beginning of the next one's.
      var _ = Thread.interrupted();
    }
  }

  private @Nullable ComputeTask<?> next(Crew crew, @Nullable ComputeTask<?> ended) {
    lock.lock();
    try {
      if (ended != null) {
        queue.ended(ended);
        done++;
        ended();
      }
      ComputeTask<?> task = queue.next(crew.priority, System.nanoTime());
      if (task == null) {
        // What has ended may let a task of the other priority begin.
        callCrews();
        task = crew.await();
      }
      if (closed) {
        // Nothing comes any more: who waits for more has to look whether it may go.
        crew.close();
      }
      if (task == null) {
        crew.threads--;
      } else {
        callCrews();
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
          interactive.threads + batch.threads,
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
      interactive.close();
      batch.close();
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
