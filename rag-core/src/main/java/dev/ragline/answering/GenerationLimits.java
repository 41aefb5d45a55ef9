package dev.ragline.answering;

import dev.ragline.document.RagException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server allows in answers.
 *
 * @param contextTokens of prompt and answer together; 0 for what is known of the model
 * @param maxAnswerTokens the most that an answer takes; 0 for any
 * @param models that may be asked for; empty for any
 */
public record GenerationLimits(int contextTokens, int maxAnswerTokens, List<String> models) {
  /** Whatever the model does. */
  public static final GenerationLimits NONE = new GenerationLimits(0, 0, List.of());

  public GenerationLimits {
    models = List.copyOf(models);
  }

  /**
   * Refuses a model that may not be asked for.
   *
   * @throws RagException INVALID_ARGUMENT
   */
  public void requireAllowed(@Nullable String model) {
    if (model != null && !models.isEmpty() && !models.contains(model)) {
      throw RagException.invalid(
          "generation.model",
          "'%s' is not one of those that this server allows: %s"
              .formatted(model, String.join(", ", models)));
    }
  }

  /** The tokens that an answer may take of those asked for; null for any number. */
  public @Nullable Integer answerTokens(@Nullable Integer asked) {
    if (maxAnswerTokens == 0) {
      return asked;
    }
    return asked == null ? maxAnswerTokens : Math.min(asked, maxAnswerTokens);
  }
}
