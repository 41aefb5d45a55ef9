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
 * @param passagePrefix what it wants before a passage; often empty
 */
public record OpenAiEmbedderConfig(
    Endpoint endpoint,
    String model,
    int maxTokens,
    int batchSize,
    String questionPrefix,
    String passagePrefix) {
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
      throw RagException.invalid("embedding.max-tokens", "a window is at least 16 tokens");
    }
    int prefix = Math.max(TokenEstimate.count(questionPrefix), TokenEstimate.count(passagePrefix));
    if (maxTokens - prefix < 8) {
      throw RagException.invalid(
          "embedding.max-tokens", "the model's prefixes leave no room for a text in its window");
    }
    if (batchSize < 1 || batchSize > 2048) {
      throw RagException.invalid("embedding.batch-size", "a request holds 1 to 2048 texts");
    }
  }

  /**
   * The configuration for a base URL, with the usual window and batches, and the prefixes that the
   * model's name asks for.
   *
   * @throws RagException INVALID_ARGUMENT for a bad URL
   */
  public static OpenAiEmbedderConfig resolve(String url, String model, Map<String, String> env) {
    URI baseUrl = Endpoint.parse(url);
    ModelPrefixes prefixes = ModelPrefixes.of(model);
    return new OpenAiEmbedderConfig(
        Endpoint.of(String.valueOf(baseUrl.getHost()), baseUrl, KEY_VARIABLE, env),
        model,
        DEFAULT_MAX_TOKENS,
        DEFAULT_BATCH_SIZE,
        prefixes.question(),
        prefixes.passage());
  }

  /** The same with a window and batches of other sizes. */
  public OpenAiEmbedderConfig sized(int tokens, int texts) {
    return new OpenAiEmbedderConfig(endpoint, model, tokens, texts, questionPrefix, passagePrefix);
  }

  /** The same with other prefixes. */
  public OpenAiEmbedderConfig prefixed(String question, String passage) {
    return new OpenAiEmbedderConfig(endpoint, model, maxTokens, batchSize, question, passage);
  }
}
