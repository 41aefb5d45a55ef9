package dev.ragline.generation.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.MustBeClosed;
import com.openai.client.OpenAIClient;
import com.openai.core.RequestOptions;
import com.openai.core.http.HttpResponse;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.ragline.generation.ChatOptions;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.generation.TokenUsage;
import dev.ragline.openai.OpenAiFailures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /chat/completions} with {@code stream}.
 *
 * @param asksForUsage whether to ask for {@code stream_options.include_usage}
 */
record ChatCompletions(String model, boolean asksForUsage, Dialect dialect) implements Protocol {
  @Override
  @MustBeClosed
  public HttpResponse send(OpenAIClient client, ChatPrompt prompt, RequestOptions options) {
    return client.chat().completions().withRawResponse().createStreaming(params(prompt), options);
  }

  private ChatCompletionCreateParams params(ChatPrompt prompt) {
    ChatCompletionCreateParams.Builder params = ChatParams.of(model, prompt, dialect);
    if (asksForUsage) {
      params.streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
    }
    return params.build();
  }

  @Override
  public List<String> ignored(ChatOptions options) {
    return List.of();
  }

  @Override
  public Reply reply(ChatOptions options, OpenAiFailures failures) {
    return new Chunks(
        options.model() == null ? model : options.model(), options.maxTokens(), failures);
  }

  /** Chunks of {@code chat.completion.chunk}, or one {@code chat.completion} that is no stream. */
  private static final class Chunks extends Learned {
    Chunks(String model, @Nullable Integer askedTokens, OpenAiFailures failures) {
      super(model, askedTokens, failures);
    }

    @Override
    public String add(JsonNode chunk) {
      answeredBy(chunk.path("model").asText(""));
      JsonNode usage = chunk.path("usage");
      if (usage.isObject()) {
        used(
            new TokenUsage(
                usage.path("prompt_tokens").asLong(),
                usage.path("completion_tokens").asLong(),
                usage.path("completion_tokens_details").path("reasoning_tokens").asLong()));
      }
      JsonNode choices = chunk.path("choices");
      // The token counts alone are the last event; beside a choice they may be in every one.
      if (usage.isObject() && choices.isEmpty() && isFinished()) {
        ended();
      }
      boolean notStreamed = chunk.path("object").asText("").equals("chat.completion");
      StringBuilder text = new StringBuilder();
      for (JsonNode choice : choices) {
        // Only one answer was asked for.
        if (choice.path("index").asInt(0) == 0) {
          text.append(textOf(choice));
        }
      }
      if (notStreamed && !choices.isEmpty() && isFinished()) {
        ended();
      }
      return text.toString();
    }

    private String textOf(JsonNode choice) {
      if (choice.hasNonNull("error")) {
        throw failures.reported(choice.path("error"));
      }
      boolean whole = !choice.path("delta").isObject() && choice.path("message").isObject();
      JsonNode said = choice.path(whole ? "message" : "delta");
      StringBuilder pieces = new StringBuilder();
      appendText(said.path("content"), pieces);
      if (said.isMissingNode()) {
        appendText(choice.path("text"), pieces);
      }
      String refusal = said.path("refusal").asText("");
      if (said.path("refusal").isTextual() && !refusal.isEmpty()) {
        refused();
        pieces.append(refusal);
      }
      String text = whole ? completed(pieces.toString()) : pieces.toString();
      boolean thinks =
          !said.path("reasoning_content").asText("").isEmpty()
              || !said.path("reasoning").asText("").isEmpty();
      took(text, thinks && !whole, choice.path("finish_reason").asText(""));
      return text;
    }

    /**
     * A text; or a list of parts, in which the thoughts of models that think have a type of their
     * own.
     */
    private void appendText(JsonNode content, StringBuilder text) {
      if (content.isTextual()) {
        text.append(content.textValue());
      } else if (content.isArray()) {
        content.forEach(part -> appendPart(part, text));
      } else if (content.isObject()) {
        appendPart(content, text);
      }
    }

    private void appendPart(JsonNode part, StringBuilder text) {
      if (part.isTextual()) {
        text.append(part.textValue());
        return;
      }
      switch (part.path("type").asText("text")) {
        case "text", "output_text", "text_delta" -> {
          JsonNode value = part.path("text");
          text.append(value.isObject() ? value.path("value").asText("") : value.asText(""));
        }
        case "refusal" -> {
          refused();
          text.append(part.path("refusal").asText(""));
        }
        case "thinking", "reasoning", "redacted_thinking", "reference", "annotations" -> {}
        default -> {
          if (part.path("text").isTextual()) {
            throw failures.unreadable(part.toString(), null);
          }
        }
      }
    }
  }
}
