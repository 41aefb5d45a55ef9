package dev.ragline.generation.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.MustBeClosed;
import com.openai.client.OpenAIClient;
import com.openai.core.RequestOptions;
import com.openai.core.http.HttpResponse;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.ragline.generation.ChatOptions;
import dev.ragline.generation.ChatOutcome.Finish;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.generation.TokenUsage;
import dev.ragline.openai.OpenAiFailures;
import java.util.List;

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
  public Reply reply(OpenAiFailures failures) {
    return new Chunks(model, failures);
  }

  /** Chunks of {@code chat.completion.chunk}. */
  private static final class Chunks extends Learned {
    Chunks(String model, OpenAiFailures failures) {
      super(model, failures);
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
      StringBuilder text = new StringBuilder();
      for (JsonNode choice : chunk.path("choices")) {
        appendText(choice.path("delta").path("content"), text);
        String reason = choice.path("finish_reason").asText("");
        if (!reason.isEmpty() && !reason.equals("null")) {
          finished(finishOf(reason));
        }
      }
      return text.toString();
    }

    /** A text; or, of Mistral's models that think, a list in which the thoughts have their type. */
    private static void appendText(JsonNode content, StringBuilder text) {
      if (content.isTextual()) {
        text.append(content.textValue());
      }
      if (content.isArray()) {
        for (JsonNode part : content) {
          if (part.path("type").asText("").equals("text")) {
            text.append(part.path("text").asText(""));
          }
        }
      }
    }

    private Finish finishOf(String reason) {
      return switch (reason) {
        // The latter two are what text-generation-inference calls it.
        case "stop", "eos_token", "stop_sequence" -> Finish.STOP;
        case "length" -> Finish.LENGTH;
        case "content_filter" -> Finish.CONTENT_FILTER;
        case "tool_calls", "function_call" -> throw failures.unusable("called a tool, having none");
        default -> throw failures.unusable("stopped for a reason of its own");
      };
    }
  }
}
