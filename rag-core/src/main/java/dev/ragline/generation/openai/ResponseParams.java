package dev.ragline.generation.openai;

import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFormatTextJsonSchemaConfig;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseTextConfig;
import dev.ragline.document.AnswerSchema;
import dev.ragline.generation.ChatOptions;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.generation.ChatTurn;
import java.util.ArrayList;
import java.util.List;

/** The parameters of a response: a pure function of what is asked. */
final class ResponseParams {
  private ResponseParams() {}

  /**
   * What is asked; what is left open is not sent.
   *
   * @param model the one to ask unless the prompt names another
   */
  static ResponseCreateParams of(String model, ChatPrompt prompt) {
    ChatOptions options = prompt.options();
    ResponseCreateParams.Builder params =
        ResponseCreateParams.builder()
            .model(options.model() == null ? model : options.model())
            .instructions(prompt.system())
            .store(false);
    if (prompt.history().isEmpty()) {
      params.input(prompt.user());
    } else {
      params.inputOfResponse(input(prompt));
    }
    if (options.temperature() != null) {
      params.temperature(options.temperature());
    }
    if (options.maxTokens() != null) {
      params.maxOutputTokens(options.maxTokens().longValue());
    }
    if (options.schema() != null) {
      params.text(ResponseTextConfig.builder().format(format(options.schema())).build());
    }
    return params.build();
  }

  private static List<ResponseInputItem> input(ChatPrompt prompt) {
    List<ResponseInputItem> items = new ArrayList<>();
    for (ChatTurn turn : prompt.history()) {
      items.add(
          switch (turn.role()) {
            case USER -> message(EasyInputMessage.Role.USER, turn.text());
            case ASSISTANT -> message(EasyInputMessage.Role.ASSISTANT, turn.text());
          });
    }
    items.add(message(EasyInputMessage.Role.USER, prompt.user()));
    return items;
  }

  private static ResponseInputItem message(EasyInputMessage.Role role, String text) {
    return ResponseInputItem.ofEasyInputMessage(
        EasyInputMessage.builder().role(role).content(text).build());
  }

  private static ResponseFormatTextJsonSchemaConfig format(AnswerSchema schema) {
    return ResponseFormatTextJsonSchemaConfig.builder()
        .name(schema.name())
        .strict(schema.strict())
        .schema(
            ResponseFormatTextJsonSchemaConfig.Schema.builder()
                .additionalProperties(ChatParams.values(schema))
                .build())
        .build();
  }
}
