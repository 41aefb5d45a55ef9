package dev.ragline.server.config;

import static dev.ragline.server.config.ConfigException.require;

import dev.ragline.embedding.openai.InputTypes;
import dev.ragline.embedding.openai.OpenAiEmbedderConfig;
import dev.ragline.upstream.FailoverConfig;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What embeds.
 *
 * @param model a bundled model's name, a folder with an exported model, or the http(s) URL of an
 *     OpenAI-compatible endpoint
 * @param fallbackUrls of endpoints that serve the same model where the first does not
 * @param formerUrls where the model was served when corpora of version 0.1 were made
 * @param remoteModel the model to ask a URL for
 * @param key the key to send to a URL; empty sends none
 * @param dimensions components that a URL is asked to give a vector; 0 for as many as the model has
 * @param maxTokens tokens that the model behind a URL reads at once
 * @param batchSize the most texts in a request to a URL; fewer are sent once it refuses so many
 * @param batchesInFlight requests at once for one document to a URL at most
 * @param maxConcurrent requests at once to a URL at most, for all documents and questions
 * @param queryPrefix what the model behind a URL wants before a question, or {@link #AUTO}
 * @param passagePrefix what it wants before a passage, or {@link #AUTO}
 * @param queryInputType what a URL is told in {@code input_type} of a question; empty tells nothing
 * @param passageInputType the same of a passage
 */
public record EmbeddingConfig(
    String model,
    List<String> fallbackUrls,
    List<String> formerUrls,
    String remoteModel,
    String key,
    int dimensions,
    int maxTokens,
    int batchSize,
    int batchesInFlight,
    int maxConcurrent,
    String queryPrefix,
    String passagePrefix,
    String queryInputType,
    String passageInputType) {
  /** The prefix that the model's name asks for. */
  public static final String AUTO = "auto";

  public static final EmbeddingConfig DEFAULT =
      new EmbeddingConfig(
          "all-minilm-l6-v2",
          List.of(),
          List.of(),
          "text-embedding-3-small",
          "",
          0,
          OpenAiEmbedderConfig.DEFAULT_MAX_TOKENS,
          OpenAiEmbedderConfig.DEFAULT_BATCH_SIZE,
          OpenAiEmbedderConfig.DEFAULT_BATCHES_IN_FLIGHT,
          OpenAiEmbedderConfig.DEFAULT_MAX_CONCURRENT,
          AUTO,
          AUTO,
          "",
          "");

  public EmbeddingConfig {
    fallbackUrls = List.copyOf(fallbackUrls);
    formerUrls = List.copyOf(formerUrls);
    require(!model.isBlank(), "embedding.model", "is empty");
    require(
        fallbackUrls.isEmpty() || Addresses.isUrl(model),
        "embedding.fallback-urls",
        "is for a URL in embedding.model only");
    require(
        fallbackUrls.stream().allMatch(Addresses::isUrl),
        "embedding.fallback-urls",
        "has an entry that is no http(s) URL");
    require(
        formerUrls.stream().allMatch(Addresses::isUrl),
        "embedding.former-urls",
        "has an entry that is no http(s) URL");
    require(dimensions >= 0, "embedding.dimensions", "is less than 0");
    require(maxTokens >= 16, "embedding.max-tokens", "is less than 16");
    require(
        batchSize >= 1 && batchSize <= 2048, "embedding.batch-size", "is not between 1 and 2048");
    require(batchesInFlight >= 1, "embedding.batches-in-flight", "is less than 1");
    require(maxConcurrent >= 1, "embedding.max-concurrent", "is less than 1");
  }

  /** How the model behind a URL is asked. */
  public OpenAiEmbedderConfig endpoint(Map<String, String> environment) {
    List<String> urls = Stream.concat(Stream.of(model), fallbackUrls.stream()).toList();
    OpenAiEmbedderConfig usual = OpenAiEmbedderConfig.resolve(urls, remoteModel, environment);
    return usual
        .movedFrom(formerUrls)
        .sized(maxTokens, batchSize)
        .shortened(dimensions)
        .typed(new InputTypes(queryInputType, passageInputType))
        .limited(batchesInFlight, FailoverConfig.ofAtMost(maxConcurrent))
        .prefixed(
            prefix(queryPrefix, queryInputType, usual.prefixes().question()),
            prefix(passagePrefix, passageInputType, usual.prefixes().passage()));
  }

  /** A server that is told what a text is puts the prefix before it by itself. */
  private static String prefix(String configured, String inputType, String usual) {
    if (!configured.equals(AUTO)) {
      return configured;
    }
    return inputType.isEmpty() ? usual : "";
  }

  /** Whether the model is somewhere else. */
  public boolean remote() {
    return Addresses.isUrl(model);
  }

  @Override
  public String toString() {
    return "EmbeddingConfig[model=" + model + "]";
  }
}
