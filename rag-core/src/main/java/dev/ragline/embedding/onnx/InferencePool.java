package dev.ragline.embedding.onnx;

import dev.ragline.document.Deadline;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * As many platform threads as inferences may run at once. A caller has no more work queued than
 * there are threads, so that a question is not kept waiting by the thousand chunks of an upload.
 */
final class InferencePool implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final int threads;
  private final ExecutorService executor;

  InferencePool(int threads) {
    this.threads = threads;
    this.executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("inference-", 0).factory());
  }

  /** Applies {@code inference} to each input; the results are in the inputs' order. */
  <T, R> List<R> map(List<T> inputs, Function<T, R> inference, Deadline deadline) {
    Deque<Future<R>> running = new ArrayDeque<>();
    List<R> results = new ArrayList<>(inputs.size());
    try {
      for (T input : inputs) {
        deadline.check("embed");
        if (running.size() == threads) {
          results.add(await(running.removeFirst(), deadline));
        }
        running.addLast(executor.submit(() -> inference.apply(input)));
      }
      while (!running.isEmpty()) {
        results.add(await(running.removeFirst(), deadline));
      }
      return results;
    } finally {
      running.forEach(future -> future.cancel(false));
    }
  }

  private static <R> R await(Future<R> future, Deadline deadline) {
    try {
      return future.get(deadline.remaining(LONGEST_WAIT).toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RagException(ErrorCode.CANCELLED, "CANCELLED", "cancelled during embed", e);
    } catch (TimeoutException e) {
      throw new RagException(
          ErrorCode.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "the deadline passed during embed", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("inference failed", e.getCause());
    } finally {
      future.cancel(false);
    }
  }

  @Override
  public void close() {
    executor.close();
  }
}
