package dev.ragline.generation;

import dev.ragline.document.AnswerSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a model shall write; null, or empty, leaves it to the endpoint.
 *
 * @param model goes before the configured one
 * @param maxTokens of the answer, with the thoughts before it
 * @param stop texts before which it stops
 * @param schema the JSON that the text is to be
 */
public record ChatOptions(
    @Nullable String model,
    @Nullable Double temperature,
    @Nullable Long seed,
    @Nullable Integer maxTokens,
    List<String> stop,
    @Nullable AnswerSchema schema) {
  /** As the endpoint does by itself. */
  public static final ChatOptions NONE = new ChatOptions(null, null, null, null, List.of(), null);

  public ChatOptions {
    stop = List.copyOf(stop);
  }
}
