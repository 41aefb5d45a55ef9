package dev.ragline.embedding.openai;

import com.google.common.collect.ImmutableList;
import dev.ragline.document.RagException;
import dev.ragline.upstream.Endpoint;
import dev.ragline.upstream.FailoverConfig;
import java.util.List;
import java.util.Map;

/**
 * Which embedding model to ask, and where.
 *
 * @param endpoints that serve the same model, the preferred one first
 * @param formerOrigins scheme, host and port of addresses that corpora of version 0.1 know the
 *     model by
 * @param model its name, as the endpoints know it
 * @param dimensions components that a vector is asked to have; 0 for as many as the model gives
 * @param maxTokens tokens that the model reads at once; endpoints do not tell
 * @param batchSize texts sent in one request at most
 * @param batchesInFlight requests that are sent at once for one document at most
 * @param prefixes what the model wants before a text
 * @param inputTypes what the server is told of a text
 * @param failover how endpoints are spared
 */
public record OpenAiEmbedderConfig(
    ImmutableList<Endpoint> endpoints,
    ImmutableList<String> formerOrigins,
    String model,
    int dimensions,
    int maxTokens,
    int batchSize,
    int batchesInFlight,
    ModelPrefixes prefixes,
    InputTypes inputTypes,
    FailoverConfig failover) {
  /** Holds the endpoint's key. */
  public static final String KEY_VARIABLE = "RAGLINE_EMBEDDING_KEY";

  /** A window that most embedding models have at least. */
  public static final int DEFAULT_MAX_TOKENS = 512;

  /** Texts in one request unless configured. */
  public static final int DEFAULT_BATCH_SIZE = 64;

  /** Requests at once for one document unless configured. */
  public static final int DEFAULT_BATCHES_IN_FLIGHT = 4;

  /** Requests at once unless configured. */
  public static final int DEFAULT_MAX_CONCURRENT = 64;

  public OpenAiEmbedderConfig {
    if (model.isBlank()) {
      throw RagException.invalid("embedding model", "a model has a name");
    }
    if (dimensions < 0) {
      throw RagException.invalid("embedding.dimensions", "a vector has at least one component");
    }
    if (maxTokens < 16) {
      throw RagException.invalid("embedding.max-tokens", "a window is at least 16 tokens");
    }
    int prefix =
        Math.max(TokenEstimate.count(prefixes.question()), TokenEstimate.count(prefixes.passage()));
    if (maxTokens - prefix < 8) {
      throw RagException.invalid(
          "embedding.max-tokens", "the model's prefixes leave no room for a text in its window");
    }
    if (batchSize < 1 || batchSize > 2048) {
      throw RagException.invalid("embedding.batch-size", "a request holds 1 to 2048 texts");
    }
    if (batchesInFlight < 1) {
      throw RagException.invalid("embedding.batches-in-flight", "at least one request at once");
    }
  }

  /**
   * The configuration for base URLs, with the usual window and batches, and the prefixes that the
   * model's name asks for.
   *
   * @throws RagException INVALID_ARGUMENT for a bad URL
   */
  public static OpenAiEmbedderConfig resolve(
      List<String> urls, String model, Map<String, String> env) {
    return new OpenAiEmbedderConfig(
        urls.stream()
            .map(url -> Endpoint.at(url, KEY_VARIABLE, env))
            .collect(ImmutableList.toImmutableList()),
        ImmutableList.of(),
        model,
        0,
        DEFAULT_MAX_TOKENS,
        DEFAULT_BATCH_SIZE,
        DEFAULT_BATCHES_IN_FLIGHT,
        ModelPrefixes.of(model),
        InputTypes.NONE,
        FailoverConfig.ofAtMost(DEFAULT_MAX_CONCURRENT));
  }

  /** The same for one of the endpoints. */
  public OpenAiEmbedderConfig at(Endpoint endpoint) {
    return with(ImmutableList.of(endpoint), formerOrigins);
  }

  /**
   * The same for corpora that were made at other addresses, too.
   *
   * @throws RagException INVALID_ARGUMENT for a bad URL
   */
  public OpenAiEmbedderConfig movedFrom(List<String> formerUrls) {
    return with(
        endpoints,
        formerUrls.stream()
            .map(url -> Endpoint.at(url, KEY_VARIABLE, Map.of()).origin())
            .collect(ImmutableList.toImmutableList()));
  }

  private OpenAiEmbedderConfig with(
      ImmutableList<Endpoint> others, ImmutableList<String> formerly) {
    return new OpenAiEmbedderConfig(
        others,
        formerly,
        model,
        dimensions,
        maxTokens,
        batchSize,
        batchesInFlight,
        prefixes,
        inputTypes,
        failover);
  }

  /** The same with a window and batches of other sizes. */
  public OpenAiEmbedderConfig sized(int tokens, int texts) {
    return with(dimensions, tokens, texts, batchesInFlight, prefixes, inputTypes, failover);
  }

  /** The same with other prefixes. */
  public OpenAiEmbedderConfig prefixed(String question, String passage) {
    ModelPrefixes others = new ModelPrefixes(question, passage);
    return with(dimensions, maxTokens, batchSize, batchesInFlight, others, inputTypes, failover);
  }

  /** The same with the server told what a text is. */
  public OpenAiEmbedderConfig typed(InputTypes types) {
    return with(dimensions, maxTokens, batchSize, batchesInFlight, prefixes, types, failover);
  }

  /** The same with vectors of another dimension. */
  public OpenAiEmbedderConfig shortened(int components) {
    return with(components, maxTokens, batchSize, batchesInFlight, prefixes, inputTypes, failover);
  }

  /**
   * The same with other limits.
   *
   * @param batches requests at once for one document
   * @param limits how endpoints are spared
   */
  public OpenAiEmbedderConfig limited(int batches, FailoverConfig limits) {
    return with(dimensions, maxTokens, batchSize, batches, prefixes, inputTypes, limits);
  }

  private OpenAiEmbedderConfig with(
      int components,
      int tokens,
      int texts,
      int batches,
      ModelPrefixes before,
      InputTypes types,
      FailoverConfig limits) {
    return new OpenAiEmbedderConfig(
        endpoints, formerOrigins, model, components, tokens, texts, batches, before, types, limits);
  }
}
