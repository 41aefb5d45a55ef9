package dev.ragline.embedding.openai;

import dev.ragline.call.Call;
import dev.ragline.document.RagException;
import dev.ragline.execution.WaitingThreads;
import dev.ragline.upstream.Failover;
import dev.ragline.upstream.Service;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Embeds many texts by requests that hold several texts each, several requests at once. What
 * endpoints take is told nowhere (10, 25 and 32 texts were seen), so a request that is refused
 * because of its size is sent by halves, and those that follow are smaller.
 */
final class EmbeddingBatches {
  private final Failover<EmbeddingClient> endpoints;
  private final WaitingThreads threads;
  private final int dimension;
  private final int inFlight;

  /** Texts in one request: as configured, and fewer once the endpoint has refused so many. */
  private final AtomicInteger batchSize;

  EmbeddingBatches(
      Failover<EmbeddingClient> endpoints,
      WaitingThreads threads,
      int dimension,
      OpenAiEmbedderConfig config) {
    this.endpoints = endpoints;
    this.threads = threads;
    this.dimension = dimension;
    this.inFlight = config.batchesInFlight();
    this.batchSize = new AtomicInteger(config.batchSize());
  }

  /** What becomes of a text that is refused by itself. */
  @FunctionalInterface
  interface Oversized {
    /** The vector of the text of that index, or the refusal. */
    float[] embed(int index, RagException refusal);
  }

  /** The vectors of texts, in their order. */
  List<float[]> embed(List<String> texts, Oversized oversized, Call call) {
    Work work = new Work(texts, oversized, call);
    int workers = Math.min(inFlight, Math.ceilDiv(texts.size(), batchSize.get()));
    if (workers <= 1) {
      work.run();
    } else {
      runAtOnce(work, workers, call);
    }
    return Arrays.asList(work.vectors);
  }

  /** The first failure ends all of them. */
  private void runAtOnce(Work work, int workers, Call call) {
    ExecutorService executor = threads.perTask("embed");
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
      call.check(Service.EMBEDDING.stage());
      throw new IllegalStateException("an interrupted thread was not cancelled", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RagException failure) {
        throw failure;
      }
      throw new IllegalStateException("embedding failed", e.getCause());
    } finally {
      executor.shutdownNow();
      executor.close();
    }
  }

  /** Texts of which each worker takes the next ones that nobody has taken. */
  private final class Work {
    private final List<String> texts;
    private final Oversized oversized;
    private final Call call;
    private final float[][] vectors;
    private final AtomicInteger taken = new AtomicInteger();

    Work(List<String> texts, Oversized oversized, Call call) {
      this.texts = texts;
      this.oversized = oversized;
      this.call = call;
      this.vectors = new float[texts.size()][];
    }

    void run() {
      while (true) {
        int size = batchSize.get();
        int from = taken.getAndAdd(size);
        if (from >= texts.size()) {
          return;
        }
        embed(from, Math.min(from + size, texts.size()));
      }
    }

    private void embed(int from, int to) {
      call.check(Service.EMBEDDING.stage());
      try {
        float[][] batch = send(texts.subList(from, to), call);
        System.arraycopy(batch, 0, vectors, from, batch.length);
      } catch (RagException e) {
        if (!TooLarge.is(e)) {
          throw e;
        }
        if (to - from == 1) {
          vectors[from] = oversized.embed(from, e);
          return;
        }
        int half = (to - from) / 2;
        batchSize.accumulateAndGet(half, Math::min);
        embed(from, from + half);
        embed(from + half, to);
      }
    }
  }

  /** The vectors of texts that go into one request. */
  float[][] send(List<String> texts, Call call) {
    return endpoints
        .ask(call, null, (endpoint, progress) -> endpoint.embed(texts, dimension, call))
        .result();
  }
}
