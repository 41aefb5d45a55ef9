package dev.ragline.server.config;

/**
 * What embeds.
 *
 * @param model a bundled model's name, a folder with an exported model, or the http(s) URL of an
 *     OpenAI-compatible endpoint
 * @param remoteModel the model to ask a URL for
 * @param key the key to send to a URL; empty sends none
 */
public record EmbeddingConfig(String model, String remoteModel, String key) {
  public static final EmbeddingConfig DEFAULT =
      new EmbeddingConfig("all-minilm-l6-v2", "text-embedding-3-small", "");

  public EmbeddingConfig {
    ConfigException.require(!model.isBlank(), "embedding.model", "is empty");
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
