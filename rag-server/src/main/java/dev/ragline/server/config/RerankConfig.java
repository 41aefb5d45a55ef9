package dev.ragline.server.config;

import static dev.ragline.server.config.ConfigException.require;

import dev.ragline.ranking.remote.RemoteRerankerConfig;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What reranks.
 *
 * @param model a folder with an exported cross-encoder, or the http(s) URL that {@code /rerank} is
 *     appended to; empty for none
 * @param fallbackUrls of endpoints that serve the same model where the first does not
 * @param remoteModel the model to ask a URL for
 * @param key the key to send to a URL; empty sends none
 * @param batchSize the most passages in a request to a URL; fewer are sent once it refuses so many
 */
public record RerankConfig(
    String model, List<String> fallbackUrls, String remoteModel, String key, int batchSize) {
  public static final RerankConfig DEFAULT =
      new RerankConfig("", List.of(), "default", "", RemoteRerankerConfig.DEFAULT_BATCH_SIZE);

  public RerankConfig {
    fallbackUrls = List.copyOf(fallbackUrls);
    require(
        fallbackUrls.isEmpty() || Addresses.isUrl(model),
        "rerank.fallback-urls",
        "is for a URL in rerank.model only");
    require(
        fallbackUrls.stream().allMatch(Addresses::isUrl),
        "rerank.fallback-urls",
        "has an entry that is no http(s) URL");
    require(!remoteModel.isBlank(), "rerank.remote-model", "is empty");
    require(batchSize >= 1, "rerank.batch-size", "is less than 1");
  }

  /** Whether there is a reranker. */
  public boolean configured() {
    return !model.isBlank();
  }

  /** Whether the model is somewhere else. */
  public boolean remote() {
    return Addresses.isUrl(model);
  }

  /** How the model behind a URL is asked. */
  public RemoteRerankerConfig endpoint(Map<String, String> environment) {
    List<String> urls = Stream.concat(Stream.of(model), fallbackUrls.stream()).toList();
    return RemoteRerankerConfig.resolve(urls, remoteModel, batchSize, environment);
  }

  @Override
  public String toString() {
    return "RerankConfig[model=" + model + "]";
  }
}
