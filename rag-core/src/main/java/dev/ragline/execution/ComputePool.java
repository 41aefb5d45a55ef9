package dev.ragline.execution;

import dev.ragline.call.Call;
import dev.ragline.call.Priority;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cores, shared out: platform threads for work that computes. Work of one call is cut into
 * pieces by whoever does it, so that others get their turn: a piece should take milliseconds. Work
 * that is asked for from within the pool runs at once on the thread that asks, without a hand-over.
 */
public final class ComputePool implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /** Interactive pieces that may wait for each core: some tens of milliseconds of work. */
  private static final int MOST_WAITING = 8;

  private static final Duration SOON = Duration.ofMillis(100);

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

    ComputePool pool() {
      return ComputePool.this;
    }
  }

  ComputePool(int cores) {
    if (cores < 1) {
      throw new IllegalArgumentException("computing needs a core");
    }
    this.cores = cores;
    this.queue = new ComputeQueue(cores);
  }

  /** How many pieces of work can run at once. */
  public int cores() {
    return cores;
  }

  /** Whether interactive work that comes now would begin soon. */
  public boolean hasRoom() {
    return waiting(Priority.INTERACTIVE) < MOST_WAITING * cores;
  }

  /**
   * Refuses new interactive work while more of it waits than can be done soon: work that waits
   * longer than its caller does costs as much as work that is done in time, so a queue without a
   * bound ends with results for nobody. What has begun is not to ask again.
   *
   * @throws RagException RESOURCE_EXHAUSTED with reason OVERLOADED
   */
  public void requireRoom(Call call) {
    if (call.priority() == Priority.INTERACTIVE && !isHere() && !hasRoom()) {
      throw overloaded();
    }
  }

  /** What is said to those who are refused. */
  public static RagException overloaded() {
    String message = "more questions wait for this server's cores than it can answer soon";
    return new RagException(
        ErrorCode.RESOURCE_EXHAUSTED,
        "OVERLOADED",
        message,
        new ErrorDetail.Quota("compute.cores", message),
        new ErrorDetail.Retry(SOON));
  }

  /**
   * Runs a piece of work on a core, in its turn, and waits for its end.
   *
   * @param stage what the work is, for messages
   * @throws RagException DEADLINE_EXCEEDED or CANCELLED when the caller gave up: the work was not
   *     begun then, or has ended; UNAVAILABLE when the pool is closed
   */
  public <T> T run(String stage, Call call, Supplier<T> work) {
    call.check(stage);
    return isHere() ? work.get() : await(stage, submit(call, work), call);
  }

  /**
   * Applies work to each input, several at once where there are cores; the results are in the
   * inputs' order. Each application is a piece of its own.
   *
   * @throws RagException as {@link #run} does; whatever the work throws first
   */
  public <T, R> List<R> map(String stage, List<T> inputs, Function<T, R> work, Call call) {
    if (isHere()) {
      return mapHere(stage, inputs, work, call);
    }
    List<R> results = new ArrayList<>(inputs.size());
    // One more than there are cores waits, so that a core is not idle while this thread wakes up.
    Deque<ComputeTask<R>> begun = new ArrayDeque<>();
    try {
      for (T input : inputs) {
        call.check(stage);
        if (begun.size() > cores) {
          results.add(await(stage, begun.element(), call));
          begun.remove();
        }
        begun.add(submit(call, () -> work.apply(input)));
      }
      while (!begun.isEmpty()) {
        results.add(await(stage, begun.element(), call));
        begun.remove();
      }
      return results;
    } finally {
      begun.forEach(this::withdraw);
    }
  }

  /** The same on a thread of the pool: it does all that no other core is free for. */
  private <T, R> List<R> mapHere(String stage, List<T> inputs, Function<T, R> work, Call call) {
    List<ComputeTask<R>> tasks = new ArrayList<>(inputs.size());
    try {
      for (int i = 0; i < inputs.size(); i++) {
        T input = inputs.get(i);
        call.check(stage);
        boolean last = i == inputs.size() - 1;
        ComputeTask<R> task = task(call, () -> work.apply(input));
        tasks.add(task);
        if (last || !submitIfFree(task)) {
          task.run();
        }
      }
      List<R> results = new ArrayList<>(inputs.size());
      for (ComputeTask<R> task : tasks) {
        if (take(task)) {
          task.run();
        }
        results.add(await(stage, task, call));
      }
      return results;
    } finally {
      tasks.stream().filter(task -> !task.result().isDone()).forEach(this::withdraw);
    }
  }

  /**
   * An executor for parts of a piece of work that runs on a thread of the pool: a part runs on a
   * core that is free, or at once on the thread that hands it over.
   */
  public Executor spare(Call call) {
    return part -> {
      ComputeTask<Boolean> task =
          task(
              call,
              () -> {
                part.run();
                return true;
              });
      if (!isHere() || !submitIfFree(task)) {
        part.run();
      }
    };
  }

  /**
   * The results of two pieces of work of one call.
   *
   * @param <A> of the first
   * @param <B> of the second
   */
  public record Both<A, B>(A first, B second) {}

  /**
   * Does two things, at the same time where a core is free, otherwise one after the other.
   *
   * @throws RagException as {@link #run} does; whatever the work throws
   */
  public <A, B> Both<A, B> both(String stage, Call call, Supplier<A> first, Supplier<B> second) {
    if (!isHere()) {
      return run(stage, call, () -> both(stage, call, first, second));
    }
    ComputeTask<B> beside = task(call, second);
    if (!submitIfFree(beside)) {
      return new Both<>(first.get(), second.get());
    }
    boolean well = false;
    try {
      A one = first.get();
      call.check(stage);
      if (take(beside)) {
        beside.run();
      }
      B other = await(stage, beside, call);
      well = true;
      return new Both<>(one, other);
    } finally {
      if (!well) {
        withdraw(beside);
      }
    }
  }

  private boolean isHere() {
    return Thread.currentThread() instanceof Worker worker && worker.pool() == this;
  }

  private static <T> ComputeTask<T> task(Call call, Supplier<T> work) {
    return new ComputeTask<>(call.priority(), call.corpus(), work, System.nanoTime());
  }

  private <T> ComputeTask<T> submit(Call call, Supplier<T> work) {
    ComputeTask<T> task = task(call, work);
    lock.lock();
    try {
      if (closed) {
        throw stopping();
      }
      add(task);
    } finally {
      lock.unlock();
    }
    return task;
  }

  private boolean submitIfFree(ComputeTask<?> task) {
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

  private <T> T await(String stage, ComputeTask<T> task, Call call) {
    try {
      return task.result().get(call.remaining(LONGEST_WAIT).toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      withdraw(task);
      Thread.currentThread().interrupt();
      throw new RagException(ErrorCode.CANCELLED, "CANCELLED", "cancelled during " + stage, e);
    } catch (TimeoutException e) {
      withdraw(task);
      throw new RagException(
          ErrorCode.DEADLINE_EXCEEDED,
          "DEADLINE_EXCEEDED",
          "the deadline passed during " + stage,
          e);
    } catch (ExecutionException e) {
      throw rethrow(e.getCause());
    }
  }

  private static RuntimeException rethrow(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException known
        ? known
        : new IllegalStateException("work failed in an unknown way", failure);
  }

  /** Has a task not begin, or end: what it reads may be closed by its caller after this. */
  private void withdraw(ComputeTask<?> task) {
    if (take(task)) {
      task.drop();
    } else {
      task.cancel();
      task.awaitEnd();
    }
  }

  /** Takes a task back that has not begun. */
  private boolean take(ComputeTask<?> task) {
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
  public int waiting(Priority priority) {
    lock.lock();
    try {
      return queue.waiting(priority);
    } finally {
      lock.unlock();
    }
  }

  /** How it stands. */
  public ComputeStats stats() {
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
  @Override
  public void close() {
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
  public boolean awaitIdle(Duration longest) throws InterruptedException {
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
