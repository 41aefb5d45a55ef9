package dev.ragline.ranking.remote;

import dev.ragline.call.Call;
import dev.ragline.document.RagException;
import dev.ragline.execution.WaitingThreads;
import dev.ragline.ranking.Reranker;
import dev.ragline.upstream.Batches;
import dev.ragline.upstream.Failover;
import dev.ragline.upstream.Service;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Reranks by a model behind the {@code /rerank} of one or more endpoints. */
public final class RemoteReranker implements Reranker {
  private static final int IN_FLIGHT = 4;

  /** A passage that short is too long for no model. */
  private static final int SHORTEST = 64;

  private final String model;
  private final WaitingThreads threads;
  private final AtomicInteger batchSize;
  private final List<RerankClient> clients;
  private final Failover<RerankClient> failover;

  private RemoteReranker(
      RemoteRerankerConfig config, List<RerankClient> clients, WaitingThreads threads) {
    this.model = config.model();
    this.threads = threads;
    this.batchSize = new AtomicInteger(config.batchSize());
    this.clients = clients;
    this.failover = new Failover<>(Service.RERANK, clients, RerankClient::name, config.failover());
  }

  /**
   * Asks for the scores of two passages.
   *
   * @param threads where requests wait that are sent at once
   * @throws RagException as every call of the reranker, when no endpoint answers
   */
  public static RemoteReranker open(
      RemoteRerankerConfig config, WaitingThreads threads, Call call) {
    List<RerankClient> clients =
        config.endpoints().stream()
            .map(endpoint -> new RerankClient(endpoint, config.model()))
            .toList();
    RemoteReranker reranker = new RemoteReranker(config, clients, threads);
    try {
      var _ = reranker.failover.ask(call, null, (client, begun) -> client.givesLogits(call));
      return reranker;
    } catch (RuntimeException e) {
      reranker.close();
      throw e;
    }
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public double[] score(String question, List<String> passages, Call call) {
    Batches<Double> batches =
        new Batches<>(
            Service.RERANK,
            threads,
            batchSize,
            IN_FLIGHT,
            (texts, one) ->
                failover
                    .ask(one, null, (client, begun) -> client.score(question, texts, one))
                    .result(),
            RemoteReranker::scoreBeginning);
    return batches.ask(passages, call).stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** What does not fit the model is not read. */
  private static double scoreBeginning(
      Batches<Double> batches, String passage, RagException refusal, Call call) {
    int half = passage.offsetByCodePoints(0, passage.codePointCount(0, passage.length()) / 2);
    if (half < SHORTEST) {
      throw refusal;
    }
    return batches.ask(passage.substring(0, half), call);
  }

  @Override
  public void close() {
    clients.forEach(RerankClient::close);
  }
}
