package dev.ragline.generation.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.MustBeClosed;
import com.openai.client.OpenAIClient;
import com.openai.core.RequestOptions;
import com.openai.core.http.HttpResponse;
import com.openai.models.responses.ResponseCreateParams;
import dev.ragline.generation.ChatOptions;
import dev.ragline.generation.ChatOutcome.Finish;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.generation.TokenUsage;
import dev.ragline.openai.OpenAiFailures;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /responses} with {@code stream}; the endpoint is asked to keep nothing. */
record Responses(String model) implements Protocol {
  @Override
  @MustBeClosed
  public HttpResponse send(OpenAIClient client, ChatPrompt prompt, RequestOptions options) {
    ResponseCreateParams params = ResponseParams.of(model, prompt);
    return client.responses().withRawResponse().createStreaming(params, options);
  }

  @Override
  public List<String> ignored(ChatOptions options) {
    List<String> ignored = new ArrayList<>();
    if (options.seed() != null) {
      ignored.add("seed");
    }
    if (!options.stop().isEmpty()) {
      ignored.add("stop");
    }
    return ignored;
  }

  @Override
  public Reply reply(OpenAiFailures failures) {
    return new Events(model, failures);
  }

  /** Events named by {@code type}. */
  private static final class Events extends Learned {
    Events(String model, OpenAiFailures failures) {
      super(model, failures);
    }

    @Override
    public String add(JsonNode event) {
      JsonNode response = event.path("response");
      answeredBy(response.path("model").asText(""));
      switch (event.path("type").asText("")) {
        case "response.output_text.delta", "response.refusal.delta" -> {
          return event.path("delta").asText("");
        }
        case "response.completed" -> end(response, Finish.STOP);
        case "response.incomplete" -> end(response, reason(response));
        case "response.failed" -> throw failures.brokenOff(response.path("error"));
        case "error" -> throw failures.brokenOff(event);
        case "response.output_item.added" -> requireNoTool(event.path("item").path("type"));
        default -> {} // Thoughts, annotations, and what is yet to come.
      }
      return "";
    }

    private void end(JsonNode response, Finish why) {
      finished(why);
      JsonNode usage = response.path("usage");
      used(
          new TokenUsage(
              usage.path("input_tokens").asLong(),
              usage.path("output_tokens").asLong(),
              usage.path("output_tokens_details").path("reasoning_tokens").asLong()));
    }

    private Finish reason(JsonNode response) {
      return switch (response.path("incomplete_details").path("reason").asText("")) {
        case "max_output_tokens" -> Finish.LENGTH;
        case "content_filter" -> Finish.CONTENT_FILTER;
        default -> throw failures.unusable("stopped for a reason of its own");
      };
    }

    private void requireNoTool(JsonNode type) {
      if (type.asText("").endsWith("_call")) {
        throw failures.unusable("called a tool, having none");
      }
    }
  }
}
