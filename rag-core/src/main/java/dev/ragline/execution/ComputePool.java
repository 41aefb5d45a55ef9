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

  /** The same where callers wait for seconds in any case: less than one second of work. */
  private static final int MOST_PATIENT = 128;

  private static final Duration SOON = Duration.ofMillis(100);

  private final int cores;
  private final ComputeThreads threads;

  ComputePool(int cores) {
    if (cores < 1) {
      throw new IllegalArgumentException("computing needs a core");
    }
    this.cores = cores;
    this.threads = new ComputeThreads(cores);
  }

  /** How many pieces of work can run at once. */
  public int cores() {
    return cores;
  }

  /** Whether interactive work that comes now would begin soon. */
  public boolean hasRoom() {
    return waiting(Priority.INTERACTIVE) < MOST_WAITING * cores;
  }

  /** The same for work whose callers wait for seconds in any case, as for a language model. */
  public boolean hasRoomForPatient() {
    return waiting(Priority.INTERACTIVE) < MOST_PATIENT * cores;
  }

  /**
   * Refuses new interactive work while more of it waits than can be done soon: work that waits
   * longer than its caller does costs as much as work that is done in time, so a queue without a
   * bound ends with results for nobody. What has begun is not to ask again.
   *
   * @throws RagException RESOURCE_EXHAUSTED with reason OVERLOADED
   */
  public void requireRoom(Call call) {
    if (call.priority() == Priority.INTERACTIVE && !threads.isHere() && !hasRoomForPatient()) {
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
    return threads.isHere() ? work.get() : await(stage, submit(call, work), call);
  }

  /**
   * Applies work to each input, several at once where there are cores; the results are in the
   * inputs' order. Each application is a piece of its own.
   *
   * @throws RagException as {@link #run} does; whatever the work throws first
   */
  public <T, R> List<R> map(String stage, List<T> inputs, Function<T, R> work, Call call) {
    if (threads.isHere()) {
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
        if (last || !threads.submitIfFree(task)) {
          task.run();
        }
      }
      List<R> results = new ArrayList<>(inputs.size());
      for (ComputeTask<R> task : tasks) {
        if (threads.take(task)) {
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
      if (!threads.isHere() || !threads.submitIfFree(task)) {
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
    if (!threads.isHere()) {
      return run(stage, call, () -> both(stage, call, first, second));
    }
    ComputeTask<B> beside = task(call, second);
    if (!threads.submitIfFree(beside)) {
      return new Both<>(first.get(), second.get());
    }
    boolean well = false;
    try {
      A one = first.get();
      call.check(stage);
      if (threads.take(beside)) {
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

  private static <T> ComputeTask<T> task(Call call, Supplier<T> work) {
    return new ComputeTask<>(call.priority(), call.corpus(), work, System.nanoTime());
  }

  private <T> ComputeTask<T> submit(Call call, Supplier<T> work) {
    ComputeTask<T> task = task(call, work);
    threads.submit(task);
    return task;
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
    if (threads.take(task)) {
      task.drop();
    } else {
      task.cancel();
      task.awaitEnd();
    }
  }

  /** How many pieces of a priority have not begun. */
  public int waiting(Priority priority) {
    return threads.waiting(priority);
  }

  /** How it stands. */
  public ComputeStats stats() {
    return threads.stats();
  }

  /** Takes no more work; what was taken is done. */
  @Override
  public void close() {
    threads.close();
  }

  /** Waits until nothing runs any more; returns whether that came in time. */
  public boolean awaitIdle(Duration longest) throws InterruptedException {
    return threads.awaitIdle(longest);
  }
}
