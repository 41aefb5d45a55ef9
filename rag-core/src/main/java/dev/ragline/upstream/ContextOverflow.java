package dev.ragline.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A refusal of a prompt that is longer than the model's context, which says how long that is.
 *
 * @param contextTokens of prompt and answer together
 * @param promptTokens of what was sent; 0 where that is not told
 */
public record ContextOverflow(int contextTokens, int promptTokens) {
  private static final String CONTEXT_FACT = "context_tokens";
  private static final String PROMPT_FACT = "prompt_tokens";

  private static final String NUMBER = "(\\d{2,9})";

  /** How vLLM and OpenAI, Mistral, Anthropic, Google and text-generation-inference say it. */
  private static final List<Pattern> LIMITS =
      List.of(
          Pattern.compile("(?:maximum|max) context length (?:is|of) (?:only )?" + NUMBER),
          Pattern.compile("context (?:length|size|window)(?: of| is)?(?: only)?[ (:=]*" + NUMBER),
          Pattern.compile("with " + NUMBER + " maximum context length"),
          Pattern.compile("tokens > " + NUMBER + " maximum"),
          Pattern.compile("maximum number of tokens allowed \\(" + NUMBER + "\\)"),
          Pattern.compile("`?max_new_tokens`? must be <= " + NUMBER));

  private static final List<Pattern> PROMPTS =
      List.of(
          Pattern.compile("request \\(" + NUMBER + " tokens\\)"),
          Pattern.compile(
              "(?:input|prompt) contains (?:at least )?" + NUMBER + " (?:input )?tokens"),
          Pattern.compile(NUMBER + " (?:tokens )?in the messages"),
          Pattern.compile("messages resulted in " + NUMBER),
          Pattern.compile("prompt is too long: " + NUMBER),
          Pattern.compile("token count \\(" + NUMBER + "\\) exceeds"));

  /** What a refusal says of a context; empty where it says nothing. */
  static Optional<ContextOverflow> in(@Nullable JsonNode body) {
    if (body == null) {
      return Optional.empty();
    }
    JsonNode error = body.path("error").isObject() ? body.path("error") : body;
    // llama.cpp counts in fields of their own.
    if (error.path("n_ctx").asInt() > 0) {
      return Optional.of(
          new ContextOverflow(error.path("n_ctx").asInt(), error.path("n_prompt_tokens").asInt()));
    }
    String words = body.toString().toLowerCase(Locale.ROOT);
    return first(LIMITS, words)
        .map(limit -> new ContextOverflow(limit, first(PROMPTS, words).orElse(0)));
  }

  private static Optional<Integer> first(List<Pattern> patterns, String words) {
    return patterns.stream()
        .map(pattern -> pattern.matcher(words))
        .filter(Matcher::find)
        .map(match -> Integer.valueOf(match.group(1)))
        .findFirst();
  }

  /** What a failure says of a context; empty where it is of another kind. */
  public static Optional<ContextOverflow> in(RagException failure) {
    int context = fact(failure, CONTEXT_FACT);
    return context == 0
        ? Optional.empty()
        : Optional.of(new ContextOverflow(context, fact(failure, PROMPT_FACT)));
  }

  private static int fact(RagException failure, String key) {
    return failure.details().stream()
        .filter(ErrorDetail.Fact.class::isInstance)
        .map(ErrorDetail.Fact.class::cast)
        .filter(fact -> fact.key().equals(key))
        .mapToInt(fact -> Integer.parseInt(fact.value()))
        .findFirst()
        .orElse(0);
  }

  /** The same for a failure's details. */
  List<ErrorDetail> facts() {
    return List.of(
        new ErrorDetail.Fact(CONTEXT_FACT, Integer.toString(contextTokens)),
        new ErrorDetail.Fact(PROMPT_FACT, Integer.toString(promptTokens)));
  }

  /**
   * The context in tokens as they are counted here.
   *
   * @param counted what was sent, in these tokens
   */
  public int countedAs(int counted) {
    return promptTokens <= counted
        ? contextTokens
        : (int) ((long) contextTokens * counted / promptTokens);
  }
}
