package dev.ragline.server.config;

import dev.ragline.embedding.openai.OpenAiEmbedderConfig;
import java.util.Map;

/**
 * What embeds.
 *
 * @param model a bundled model's name, a folder with an exported model, or the http(s) URL of an
 *     OpenAI-compatible endpoint
 * @param remoteModel the model to ask a URL for
 * @param key the key to send to a URL; empty sends none
 * @param maxTokens tokens that the model behind a URL reads at once
 * @param batchSize the most texts in a request to a URL; fewer are sent once it refuses so many
 * @param queryPrefix what the model behind a URL wants before a question, or {@link #AUTO}
 * @param passagePrefix what it wants before a passage, or {@link #AUTO}
 */
public record EmbeddingConfig(
    String model,
    String remoteModel,
    String key,
    int maxTokens,
    int batchSize,
    String queryPrefix,
    String passagePrefix) {
  /** The prefix that the model's name asks for. */
  public static final String AUTO = "auto";

  public static final EmbeddingConfig DEFAULT =
      new EmbeddingConfig(
          "all-minilm-l6-v2",
          "text-embedding-3-small",
          "",
          OpenAiEmbedderConfig.DEFAULT_MAX_TOKENS,
          OpenAiEmbedderConfig.DEFAULT_BATCH_SIZE,
          AUTO,
          AUTO);

  public EmbeddingConfig {
    ConfigException.require(!model.isBlank(), "embedding.model", "is empty");
    ConfigException.require(maxTokens >= 16, "embedding.max-tokens", "is less than 16");
    ConfigException.require(
        batchSize >= 1 && batchSize <= 2048, "embedding.batch-size", "is not between 1 and 2048");
  }

  /** How the model behind a URL is asked. */
  public OpenAiEmbedderConfig endpoint(Map<String, String> environment) {
    OpenAiEmbedderConfig usual = OpenAiEmbedderConfig.resolve(model, remoteModel, environment);
    return usual
        .sized(maxTokens, batchSize)
        .prefixed(
            queryPrefix.equals(AUTO) ? usual.questionPrefix() : queryPrefix,
            passagePrefix.equals(AUTO) ? usual.passagePrefix() : passagePrefix);
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
