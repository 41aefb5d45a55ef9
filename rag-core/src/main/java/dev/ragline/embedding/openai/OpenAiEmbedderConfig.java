package dev.ragline.embedding.openai;

import dev.ragline.document.RagException;
import dev.ragline.openai.Endpoint;
import java.net.URI;
import java.util.Map;

/**
 * Which embedding model to ask, and where.
 *
 * @param model its name, as the endpoint knows it
 * @param maxTokens tokens that the model reads at once; the endpoint does not tell
 * @param batchSize texts sent in one request at most
 * @param questionPrefix what the model wants before a question; often empty
 */
public record OpenAiEmbedderConfig(
    Endpoint endpoint, String model, int maxTokens, int batchSize, String questionPrefix) {
  /** Holds the endpoint's key. */
  public static final String KEY_VARIABLE = "RAGLINE_EMBEDDING_KEY";

  /** A window that most embedding models have at least. */
  public static final int DEFAULT_MAX_TOKENS = 512;

  /** Texts in one request unless configured. */
  public static final int DEFAULT_BATCH_SIZE = 64;

  public OpenAiEmbedderConfig {
    if (model.isBlank()) {
      throw RagException.invalid("embedding model", "a model has a name");
    }
    if (maxTokens < 16) {
      throw RagException.invalid("embedding maxTokens", "a window is at least 16 tokens");
    }
    if (batchSize < 1 || batchSize > 2048) {
      throw RagException.invalid("embedding batchSize", "a request holds 1 to 2048 texts");
    }
  }

  /**
   * The configuration for a base URL, with the usual window and batches.
   *
   * @throws RagException INVALID_ARGUMENT for a bad URL
   */
  public static OpenAiEmbedderConfig resolve(String url, String model, Map<String, String> env) {
    URI baseUrl = Endpoint.parse(url);
    return new OpenAiEmbedderConfig(
        Endpoint.of(String.valueOf(baseUrl.getHost()), baseUrl, KEY_VARIABLE, env),
        model,
        DEFAULT_MAX_TOKENS,
        DEFAULT_BATCH_SIZE,
        "");
  }
}
