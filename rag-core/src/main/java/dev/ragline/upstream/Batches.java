package dev.ragline.upstream;

import dev.ragline.call.Call;
import dev.ragline.document.RagException;
import dev.ragline.execution.WaitingThreads;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks for something of many texts by requests that hold several texts each, several requests at
 * once. What endpoints take is told nowhere (10, 25 and 32 texts were seen), so a request that is
 * refused because of its size is sent by halves, and those that follow are smaller.
 *
 * @param <R> what is asked for of each text
 */
public final class Batches<R> {
  private final Service service;
  private final WaitingThreads threads;
  private final AtomicInteger batchSize;
  private final int inFlight;
  private final Request<R> request;
  private final Oversized<R> oversized;

  /** One request. */
  @FunctionalInterface
  public interface Request<R> {
    /** One result a text. */
    List<R> send(List<String> texts, Call call);
  }

  /** What becomes of a text that is refused by itself. */
  @FunctionalInterface
  public interface Oversized<R> {
    /** The result for what of the text may be accepted, or the refusal. */
    R ask(Batches<R> batches, String text, RagException refusal, Call call);
  }

  /**
   * @param batchSize texts in one request at most; falls when an endpoint refuses so many, for all
   *     that ask the same endpoints
   * @param inFlight requests at once for one call at most
   */
  public Batches(
      Service service,
      WaitingThreads threads,
      AtomicInteger batchSize,
      int inFlight,
      Request<R> request,
      Oversized<R> oversized) {
    this.service = service;
    this.threads = threads;
    this.batchSize = batchSize;
    this.inFlight = inFlight;
    this.request = request;
    this.oversized = oversized;
  }

  /**
   * The results, in the texts' order.
   *
   * @throws RagException the first request's failure, when all others have ended
   */
  public List<R> ask(List<String> texts, Call call) {
    Work work = new Work(texts, call);
    int workers = Math.min(inFlight, Math.ceilDiv(texts.size(), batchSize.get()));
    if (workers <= 1) {
      work.run();
    } else {
      runAtOnce(work, workers, call);
    }
    return work.results();
  }

  /** The same for one text, which is cut where it is refused because of its size. */
  public R ask(String text, Call call) {
    try {
      return request.send(List.of(text), call).getFirst();
    } catch (RagException e) {
      return ofOversized(text, e, call);
    }
  }

  /**
   * The results of texts that go out in one request, whatever their size.
   *
   * @throws RagException as the request
   */
  public List<R> send(List<String> texts, Call call) {
    return request.send(texts, call);
  }

  private R ofOversized(String text, RagException refusal, Call call) {
    if (!TooLarge.is(refusal)) {
      throw refusal;
    }
    return oversized.ask(this, text, refusal, call);
  }

  /** The first failure ends all of them. */
  private void runAtOnce(Work work, int workers, Call call) {
    ExecutorService executor = threads.perTask(service.stage());
    try {
      CompletionService<Boolean> completion = new ExecutorCompletionService<>(executor);
      for (int i = 0; i < workers; i++) {
        var _ = completion.submit(work::run, true);
      }
      for (int i = 0; i < workers; i++) {
        var _ = completion.take().get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      call.check(service.stage());
      throw new IllegalStateException("an interrupted thread was not cancelled", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RagException failure) {
        throw failure;
      }
      throw new IllegalStateException(service.title() + " cannot be asked", e.getCause());
    } finally {
      executor.shutdownNow();
      executor.close();
    }
  }

  /** Texts of which each worker takes the next ones that nobody has taken. */
  private final class Work {
    private final List<String> texts;
    private final Call call;
    private final Object[] results;
    private final AtomicInteger taken = new AtomicInteger();

    Work(List<String> texts, Call call) {
      this.texts = texts;
      this.call = call;
      this.results = new Object[texts.size()];
    }

    void run() {
      while (true) {
        int size = batchSize.get();
        int from = taken.getAndAdd(size);
        if (from >= texts.size()) {
          return;
        }
        ask(from, Math.min(from + size, texts.size()));
      }
    }

    private void ask(int from, int to) {
      call.check(service.stage());
      try {
        List<R> batch = request.send(texts.subList(from, to), call);
        for (int i = 0; i < batch.size(); i++) {
          results[from + i] = batch.get(i);
        }
      } catch (RagException e) {
        if (to - from == 1) {
          results[from] = ofOversized(texts.get(from), e, call);
          return;
        }
        if (!TooLarge.is(e)) {
          throw e;
        }
        int half = (to - from) / 2;
        batchSize.accumulateAndGet(half, Math::min);
        ask(from, from + half);
        ask(from + half, to);
      }
    }

    @SuppressWarnings("unchecked") // only results are put in
    List<R> results() {
      return (List<R>) Arrays.asList(results);
    }
  }
}
