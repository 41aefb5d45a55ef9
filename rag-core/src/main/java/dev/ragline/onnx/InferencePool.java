package dev.ragline.onnx;

import dev.ragline.call.Call;
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
public final class InferencePool implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final String stage;
  private final int threads;
  private final ExecutorService executor;

  /**
   * @param stage what the inferences are for, as errors name it
   */
  public InferencePool(String stage, int threads) {
    this.stage = stage;
    this.threads = threads;
    this.executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name(stage + "-", 0).factory());
  }

  /**
   * Applies {@code inference} to each input; the results are in the inputs' order.
   *
   * @throws RagException DEADLINE_EXCEEDED or CANCELLED between two inferences
   */
  public <T, R> List<R> map(List<T> inputs, Function<T, R> inference, Call call) {
    Deque<Future<R>> running = new ArrayDeque<>();
    List<R> results = new ArrayList<>(inputs.size());
    try {
      for (T input : inputs) {
        call.check(stage);
        if (running.size() == threads) {
          results.add(await(running.removeFirst(), call));
        }
        running.addLast(executor.submit(() -> inference.apply(input)));
      }
      while (!running.isEmpty()) {
        results.add(await(running.removeFirst(), call));
      }
      return results;
    } finally {
      running.forEach(future -> future.cancel(false));
    }
  }

  private <R> R await(Future<R> future, Call call) {
    try {
      return future.get(call.remaining(LONGEST_WAIT).toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RagException(ErrorCode.CANCELLED, "CANCELLED", "cancelled during " + stage, e);
    } catch (TimeoutException e) {
      throw new RagException(
          ErrorCode.DEADLINE_EXCEEDED,
          "DEADLINE_EXCEEDED",
          "the deadline passed during " + stage,
          e);
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
