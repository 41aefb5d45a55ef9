package dev.ragline.ranking.remote;

import com.google.common.collect.ImmutableList;
import dev.ragline.document.RagException;
import dev.ragline.upstream.Endpoint;
import dev.ragline.upstream.FailoverConfig;
import java.util.List;
import java.util.Map;

/**
 * Which reranking model to ask, and where.
 *
 * @param endpoints that serve the same model, the preferred one first; {@code /rerank} is appended
 *     to each base URL
 * @param model its name, as the endpoints know it
 * @param batchSize passages in one request at most
 * @param failover how endpoints are spared
 */
public record RemoteRerankerConfig(
    ImmutableList<Endpoint> endpoints, String model, int batchSize, FailoverConfig failover) {
  /** Holds the endpoints' key. */
  public static final String KEY_VARIABLE = "RAGLINE_RERANK_KEY";

  /** Passages in one request unless configured. */
  public static final int DEFAULT_BATCH_SIZE = 64;

  private static final int MAX_CONCURRENT = 64;

  public RemoteRerankerConfig {
    if (model.isBlank()) {
      throw RagException.invalid("reranking model", "a model has a name");
    }
    if (batchSize < 1) {
      throw RagException.invalid("rerank.batch-size", "a request holds at least one passage");
    }
  }

  /**
   * The configuration for base URLs.
   *
   * @throws RagException INVALID_ARGUMENT for a bad URL
   */
  public static RemoteRerankerConfig resolve(
      List<String> urls, String model, int batchSize, Map<String, String> env) {
    return new RemoteRerankerConfig(
        urls.stream()
            .map(url -> Endpoint.at(url, KEY_VARIABLE, env))
            .collect(ImmutableList.toImmutableList()),
        model,
        batchSize,
        FailoverConfig.ofAtMost(MAX_CONCURRENT));
  }

  /** The same for one of the endpoints. */
  public RemoteRerankerConfig at(Endpoint endpoint) {
    return new RemoteRerankerConfig(ImmutableList.of(endpoint), model, batchSize, failover);
  }
}
