package dev.ragline.answering;

import dev.ragline.generation.TokenUsage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an answer took.
 *
 * @param tokens of language models, whatever they were asked for
 * @param embeddingTokens that the embedding model read
 * @param timeToFirstToken from when the language model was asked for the answer until its text
 *     began; null where none was asked or nothing came
 * @param tokensPerSecond of the answer from then on; 0 where that is not known
 */
public record Usage(
    TokenUsage tokens,
    long embeddingTokens,
    @Nullable Duration timeToFirstToken,
    double tokensPerSecond) {
  /** Nothing, or nothing known. */
  public static final Usage NONE = new Usage(TokenUsage.NONE, 0, null, 0);

  /** Tokens of which nothing more is known. */
  public static Usage of(TokenUsage tokens) {
    return new Usage(tokens, 0, null, 0);
  }
}
