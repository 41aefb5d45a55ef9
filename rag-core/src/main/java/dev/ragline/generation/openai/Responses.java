package dev.ragline.generation.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.MustBeClosed;
import com.openai.client.OpenAIClient;
import com.openai.core.RequestOptions;
import com.openai.core.http.HttpResponse;
import com.openai.models.responses.ResponseCreateParams;
import dev.ragline.generation.ChatOptions;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.generation.TokenUsage;
import dev.ragline.openai.OpenAiFailures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
  public Reply reply(ChatOptions options, OpenAiFailures failures) {
    return new Events(
        options.model() == null ? model : options.model(), options.maxTokens(), failures);
  }

  /** Events named by {@code type}, or one {@code response} that is no stream. */
  private static final class Events extends Learned {
    Events(String model, @Nullable Integer askedTokens, OpenAiFailures failures) {
      super(model, askedTokens, failures);
    }

    @Override
    public String add(JsonNode event) {
      boolean bare = event.path("object").asText("").equals("response");
      JsonNode response = bare ? event : event.path("response");
      String type =
          bare ? "response." + event.path("status").asText("") : event.path("type").asText("");
      answeredBy(response.path("model").asText(""));
      return switch (type) {
        case "response.output_text.delta" -> piece(event);
        case "response.refusal.delta" -> {
          refused();
          yield piece(event);
        }
        case "response.completed", "response.incomplete", "response.done" ->
            end(response, type.equals("response.incomplete"));
        case "response.failed", "response.cancelled" ->
            throw failures.reported(response.path("error"));
        case "error" -> throw failures.reported(event);
        case "response.output_item.added" -> {
          requireNoTool(event.path("item").path("type"));
          yield "";
        }
        default -> ""; // Thoughts, annotations, and what is yet to come.
      };
    }

    private String piece(JsonNode event) {
      String text = event.path("delta").asText("");
      took(text, false, "");
      return text;
    }

    private String end(JsonNode response, boolean incomplete) {
      String reason = response.path("incomplete_details").path("reason").asText("");
      String status = response.path("status").asText("");
      if (status.equals("failed") || status.equals("cancelled")) {
        throw failures.reported(response.path("error"));
      }
      boolean stopped = incomplete || !reason.isEmpty() || status.equals("incomplete");
      String rest = completed(output(response.path("output")));
      took(rest, false, "");
      finished(stopped ? reason : "stop");
      ended();
      JsonNode usage = response.path("usage");
      used(
          new TokenUsage(
              usage.path("input_tokens").asLong(),
              usage.path("output_tokens").asLong(),
              usage.path("output_tokens_details").path("reasoning_tokens").asLong()));
      return rest;
    }

    /** All text of the messages; empty where the service does not repeat it. */
    private String output(JsonNode items) {
      StringBuilder text = new StringBuilder();
      for (JsonNode item : items) {
        requireNoTool(item.path("type"));
        if (item.path("type").asText("message").equals("message")) {
          for (JsonNode part : item.path("content")) {
            text.append(part.path("text").asText("")).append(part.path("refusal").asText(""));
            if (part.hasNonNull("refusal")) {
              refused();
            }
          }
        }
      }
      return text.toString();
    }

    private void requireNoTool(JsonNode type) {
      if (type.asText("").endsWith("_call")) {
        throw failures.unusable("called a tool, having none");
      }
    }
  }
}
