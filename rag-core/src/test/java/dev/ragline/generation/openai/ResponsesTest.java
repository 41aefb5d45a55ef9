package dev.ragline.generation.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatOutcome.Finish;
import dev.ragline.generation.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Responses API, by a scripted server in another process. */
class ResponsesTest extends ScriptedChatTest {
  private ChatModelConfig responses(String script) {
    return ChatModelConfig.resolve(
        llm.baseUrl(script), "m", null, ChatApi.RESPONSES, Map.of("RAGLINE_LLM_KEY", KEY));
  }

  @Test
  void chat_answer_comesWordByWordWithUsageAndWithoutThoughts() {
    List<String> pieces = new ArrayList<>();
    llm.answer("Zürich – 日本 𝄞 [1]");

    ChatOutcome outcome = chat(responses("ok"), Call.UNLIMITED, pieces::add);

    assertThat(pieces).containsExactly("Zürich ", "– ", "日本 ", "𝄞 ", "[1]");
    assertThat(outcome)
        .isEqualTo(new ChatOutcome("scripted-1", Finish.STOP, new TokenUsage(11, 5)));
  }

  @Test
  void chat_request_isThatOfTheApiAndAsksToKeepNothing() throws Exception {
    chat(responses("ok"), Call.UNLIMITED, text -> {});

    JsonNode request = llm.awaitRequests(1).getFirst();
    assertThat(request.path("path").asText()).isEqualTo("/script/ok/v1/responses");
    assertThat(request.at("/headers/authorization").asText()).isEqualTo("Bearer " + KEY);
    assertThat(new ObjectMapper().readTree(request.path("body").asText()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"model": "m", "stream": true, "store": false,
                     "instructions": "Answer from the sources.",
                     "input": "[1] Segments are sealed.\\nWhat is sealed?"}
                    """));
  }

  @ParameterizedTest
  @CsvSource({"length, LENGTH", "content-filter, CONTENT_FILTER"})
  void chat_incomplete_isMapped(String script, Finish finish) {
    assertThat(chat(responses(script), Call.UNLIMITED, text -> {}).finish()).isEqualTo(finish);
  }

  @ParameterizedTest
  @CsvSource({
    "404, FAILED_PRECONDITION, LLM_MODEL_UNKNOWN",
    "failed, UNAVAILABLE, LLM_FAILED",
    "error-event, UNAVAILABLE, LLM_FAILED",
    "no-finish, UNAVAILABLE, LLM_INTERRUPTED",
    "tool_calls, UNAVAILABLE, LLM_UNUSABLE",
    "odd-reason, UNAVAILABLE, LLM_UNUSABLE",
  })
  void chat_fault_isMapped(String script, ErrorCode code, String reason) {
    RagException failure =
        catchThrowableOfType(
            RagException.class, () -> chat(responses(script), Call.UNLIMITED, text -> {}));

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(llm.awaitRequests(1)).as("one try").hasSize(1);
  }

  @Test
  void warmUp_responses_opensNoConnection() {
    try (OpenAiChatModel model = new OpenAiChatModel(responses("ok"))) {
      model.warmUp();
    }

    assertThat(llm.awaitRequests(0)).isEmpty();
  }
}
