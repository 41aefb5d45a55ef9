package dev.ragline.generation.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ragline.call.Call;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatOutcome.Finish;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.generation.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiChatModelTest extends ScriptedChatTest {
  @Test
  void chat_answer_comesWordByWordWithUsage() {
    List<String> pieces = new ArrayList<>();
    llm.answer("Segments are sealed [1].");

    ChatOutcome outcome = chat("ok", Call.UNLIMITED, pieces::add);

    assertThat(pieces).containsExactly("Segments ", "are ", "sealed ", "[1].");
    assertThat(outcome)
        .isEqualTo(new ChatOutcome("scripted-1", Finish.STOP, new TokenUsage(11, 5)));
  }

  @ParameterizedTest
  @CsvSource({"ok, STOP", "length, LENGTH", "content-filter, CONTENT_FILTER"})
  void chat_finishReason_isMapped(String script, Finish finish) {
    assertThat(chat(script, Call.UNLIMITED, text -> {}).finish()).isEqualTo(finish);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ok",
        "empty-choices",
        "reasoning",
        "content-parts",
        "comments",
        "crlf",
        "no-last-blank",
        "done-twice",
        "split-utf8",
        "hold-after-done",
        "error-after-finish",
        "no-usage"
      })
  void chat_unusualStream_givesTheTextAlone(String script) {
    String answer = "Zürich – 日本 𝄞 [1]";
    StringBuilder text = new StringBuilder();
    llm.answer(answer);

    ChatOutcome outcome = chat(script, Call.UNLIMITED, text::append);

    assertThat(text).hasToString(answer);
    assertThat(outcome.usage())
        .isEqualTo(
            Set.of("no-usage", "no-last-blank", "error-after-finish").contains(script)
                ? TokenUsage.NONE
                : new TokenUsage(11, 5));
  }

  @Test
  void chat_gatedAnswer_handsOverTheFirstTextBeforeTheRestIsSaid() {
    List<String> pieces = new ArrayList<>();

    chat(
        "gated",
        Call.UNLIMITED,
        piece -> {
          pieces.add(piece);
          if (pieces.size() == 1) {
            llm.release(); // the server says no more before this
          }
        });

    assertThat(pieces).hasSize(2);
  }

  @Test
  void chat_endlessAnswer_isCutOffAtTheLimit() {
    StringBuilder text = new StringBuilder();

    ChatOutcome outcome =
        chat(
            config("endless").withLimits(ReplyLimits.DEFAULT.withAnswerBytes(1001)),
            Call.UNLIMITED,
            text::append);

    assertThat(outcome.finish()).isEqualTo(Finish.CUT_OFF);
    assertThat(outcome.model()).isEqualTo("scripted-1");
    assertThat(text).hasSize(1001).startsWith("more and more and ");
    assertThat(llm.awaitClosed(1)).isEqualTo(1);
  }

  @Test
  void chat_mistralPreset_isNotAskedForUsage() {
    Map<String, String> env = Map.of("MISTRAL_API_KEY", KEY);
    chat(
        ChatModelConfig.resolve("mistral", null, llm.baseUrl("ok"), env),
        Call.UNLIMITED,
        text -> {});

    String body = llm.awaitRequests(1).getFirst().path("body").asText();
    assertThat(body).contains("mistral-small-latest").doesNotContain("stream_options");
  }

  @Test
  void chat_azurePreset_sendsTheKeyInItsOwnHeader() {
    Map<String, String> env = Map.of("AZURE_OPENAI_API_KEY", KEY);
    chat(
        ChatModelConfig.resolve("azure", "my-deployment", llm.baseUrl("ok"), env),
        Call.UNLIMITED,
        text -> {});

    JsonNode headers = llm.awaitRequests(1).getFirst().path("headers");
    assertThat(headers.path("api-key").asText()).isEqualTo(KEY);
    assertThat(headers.has("authorization")).isFalse();
  }

  @Test
  void chat_leptonPreset_sendsTheRequestOfTheTutorial() throws Exception {
    Map<String, String> env = Map.of("LEPTONAI_TOKEN", KEY);
    String url = llm.baseUrl("ok").replaceFirst("/v1$", "/api/v1/");
    ChatModelConfig config = ChatModelConfig.resolve("lepton", null, url, env);
    try (OpenAiChatModel model = new OpenAiChatModel(config)) {
      assertThat(model.name()).isEqualTo("lepton/mistral-7b");
      model.chat(PROMPT, Call.UNLIMITED, text -> {});
    }

    JsonNode request = llm.awaitRequests(1).getFirst();
    assertThat(request.path("method").asText()).isEqualTo("POST");
    assertThat(request.path("path").asText()).isEqualTo("/script/ok/api/v1/chat/completions");
    assertThat(request.at("/headers/authorization").asText()).isEqualTo("Bearer " + KEY);
    assertThat(new ObjectMapper().readTree(request.path("body").asText()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"model": "mistral-7b", "stream": true,
                     "stream_options": {"include_usage": true},
                     "messages": [
                       {"role": "system", "content": "Answer from the sources."},
                       {"role": "user", "content": "[1] Segments are sealed.\\nWhat is sealed?"}]}
                    """));
  }

  @Test
  void chat_anyCall_tellsNothingOfThisMachine() {
    chat("ok", Call.UNLIMITED, text -> {});

    List<String> headers = new ArrayList<>();
    llm.awaitRequests(1).getFirst().path("headers").fieldNames().forEachRemaining(headers::add);
    assertThat(headers)
        .containsExactlyInAnyOrder(
            "accept",
            "accept-encoding",
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "host",
            "user-agent");
  }

  @Test
  void chat_noKey_sendsNoAuthorization() {
    ChatModelConfig config = ChatModelConfig.resolve(llm.baseUrl("ok"), null, null, Map.of());
    try (OpenAiChatModel model = new OpenAiChatModel(config)) {
      model.chat(PROMPT, Call.UNLIMITED, text -> {});
    }

    assertThat(llm.awaitRequests(1).getFirst().path("headers").has("authorization")).isFalse();
  }

  @Test
  void chat_queryInBaseUrl_isSent() {
    ChatModelConfig config =
        ChatModelConfig.resolve(llm.baseUrl("ok") + "?api-version=3", null, null, Map.of());
    try (OpenAiChatModel model = new OpenAiChatModel(config)) {
      model.chat(PROMPT, Call.UNLIMITED, text -> {});
    }

    assertThat(llm.awaitRequests(1).getFirst().path("path").asText())
        .isEqualTo("/script/ok/v1/chat/completions?api-version=3");
  }

  @Test
  void chat_echoContext_citesThePromptsFirstSource() {
    StringBuilder text = new StringBuilder();
    chat("echo-context", Call.UNLIMITED, text::append);

    assertThat(text.toString()).startsWith("Segments are sealed.").endsWith("[1].");
  }

  @Test
  void chat_consumerFails_throwsItsFailureAndClosesUpstream() {
    RuntimeException ours = new IllegalStateException("the consumer's own");

    assertThatThrownBy(
            () ->
                chat(
                    "stall-mid-stream",
                    Call.UNLIMITED,
                    text -> {
                      throw ours;
                    }))
        .isSameAs(ours);
    assertThat(llm.awaitClosed(1)).isEqualTo(1);
  }

  @Test
  void warmUp_anyEndpoint_opensNoConnection() {
    try (OpenAiChatModel model = new OpenAiChatModel(config("ok"))) {
      model.warmUp();
      model.chat(new ChatPrompt("", "only"), Call.UNLIMITED, text -> {});
    }

    assertThat(llm.awaitRequests(1)).hasSize(1);
  }
}
