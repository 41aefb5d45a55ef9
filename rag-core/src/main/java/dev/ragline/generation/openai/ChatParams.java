package dev.ragline.generation.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.core.JsonValue;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.ragline.document.AnswerSchema;
import dev.ragline.generation.ChatOptions;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.generation.ChatTurn;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of a chat completion: a pure function of what is asked. */
final class ChatParams {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ChatParams() {}

  /**
   * What is asked; what is left open is not sent.
   *
   * @param model the one to ask unless the prompt names another
   */
  @SuppressWarnings("deprecation") // by OpenAI alone: all others know seed and max_tokens
  static ChatCompletionCreateParams.Builder of(String model, ChatPrompt prompt, Dialect dialect) {
    ChatOptions options = prompt.options();
    ChatCompletionCreateParams.Builder params =
        ChatCompletionCreateParams.builder()
            .model(options.model() == null ? model : options.model());
    if (!prompt.system().isEmpty()) {
      params.addSystemMessage(prompt.system());
    }
    for (ChatTurn turn : prompt.history()) {
      switch (turn.role()) {
        case USER -> params.addUserMessage(turn.text());
        case ASSISTANT -> params.addAssistantMessage(turn.text());
      }
    }
    params.addUserMessage(prompt.user());
    if (options.temperature() != null) {
      params.temperature(options.temperature());
    }
    if (options.seed() != null && dialect == Dialect.MISTRAL) {
      params.putAdditionalBodyProperty("random_seed", JsonValue.from(options.seed()));
    } else if (options.seed() != null) {
      params.seed(options.seed());
    }
    if (options.maxTokens() != null && dialect == Dialect.OPENAI) {
      params.maxCompletionTokens(options.maxTokens().longValue());
    } else if (options.maxTokens() != null) {
      params.maxTokens(options.maxTokens().longValue());
    }
    if (!options.stop().isEmpty()) {
      params.stopOfStrings(options.stop());
    }
    if (options.schema() != null) {
      params.responseFormat(format(options.schema()));
    }
    return params;
  }

  private static ResponseFormatJsonSchema format(AnswerSchema schema) {
    return ResponseFormatJsonSchema.builder()
        .jsonSchema(
            ResponseFormatJsonSchema.JsonSchema.builder()
                .name(schema.name())
                .strict(schema.strict())
                .schema(
                    ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                        .additionalProperties(values(schema))
                        .build())
                .build())
        .build();
  }

  /** The schema's members in their order; it was read before it came here. */
  static Map<String, JsonValue> values(AnswerSchema schema) {
    try {
      Map<String, JsonValue> values = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> member : JSON.readTree(schema.json()).properties()) {
        values.put(member.getKey(), JsonValue.fromJsonNode(member.getValue()));
      }
      return values;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the schema is no JSON", e);
    }
  }
}
