package dev.ragline.generation.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import dev.ragline.generation.ChatOptions;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.generation.ChatTurn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiChatModelFailuresTest extends ScriptedChatTest {
  @Test
  void chat_unknownModelOfAQuestion_isNamed() {
    ChatOptions options = new ChatOptions("huge", null, null, null, List.of(), null);
    ChatPrompt prompt = new ChatPrompt("Be brief.", List.of(), "Where?", options);
    try (OpenAiChatModel model = new OpenAiChatModel(config("404"))) {
      assertThatThrownBy(() -> model.chat(prompt, Call.UNLIMITED, text -> {}))
          .hasMessageContaining("knows no model huge at this address");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, FAILED_PRECONDITION, LLM_REFUSED_REQUEST, Precondition",
    "401, FAILED_PRECONDITION, LLM_KEY_REFUSED, Precondition",
    "403, FAILED_PRECONDITION, LLM_KEY_REFUSED, Precondition",
    "404, FAILED_PRECONDITION, LLM_MODEL_UNKNOWN, Precondition",
    "408, UNAVAILABLE, LLM_FAILED, Retry",
    "422, FAILED_PRECONDITION, LLM_REFUSED_REQUEST, Precondition",
    "429, RESOURCE_EXHAUSTED, LLM_RATE_LIMITED, Quota Retry",
    "500, UNAVAILABLE, LLM_FAILED, Retry",
    "503, UNAVAILABLE, LLM_FAILED, Retry",
    "307, FAILED_PRECONDITION, LLM_REFUSED_REQUEST, Precondition",
    "cut-before-headers, UNAVAILABLE, LLM_HUNG_UP, Retry",
    "cut, UNAVAILABLE, LLM_INTERRUPTED, Retry",
    "cut-mid-token, UNAVAILABLE, LLM_INTERRUPTED, Retry",
    "no-event, UNAVAILABLE, LLM_INTERRUPTED, Retry",
    "giant-line, UNAVAILABLE, LLM_UNUSABLE, Retry",
    "no-finish, UNAVAILABLE, LLM_INTERRUPTED, Retry",
    "garbage, UNAVAILABLE, LLM_INTERRUPTED, Retry",
    "error-event, UNAVAILABLE, LLM_FAILED, Retry",
    "tool_calls, UNAVAILABLE, LLM_UNUSABLE, Retry",
    "abort, UNAVAILABLE, LLM_UNUSABLE, Retry",
    "json, FAILED_PRECONDITION, LLM_UNUSABLE, Precondition",
    "html, FAILED_PRECONDITION, LLM_UNUSABLE, Precondition",
  })
  void chat_fault_isMapped(String script, ErrorCode code, String reason, String details) {
    RagException failure = failure(config(script), Call.UNLIMITED);

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.details().stream().map(d -> d.getClass().getSimpleName()))
        .containsExactly(details.split(" "));
    assertThat(failure.getMessage())
        .startsWith("the language model at http://127.0.0.1:")
        .doesNotContain(KEY, "/script", "\n");
    assertThat(llm.awaitRequests(1)).as("one try").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"429, 7, PT7S", "429, '', PT1S", "429, 90000, PT1H", "503, 20, PT20S"})
  void chat_retryAfter_isHandedOn(String script, String header, Duration delay) {
    llm.retryAfter(header);

    assertThat(failure(config(script), Call.UNLIMITED).details())
        .contains(new ErrorDetail.Retry(delay));
  }

  @Test
  void chat_promptIsTooLong_learnsTheContext() {
    llm.error(
        "This model's maximum context length is 1024 tokens. However, your messages resulted in"
            + " 1100 tokens.");
    try (OpenAiChatModel model = new OpenAiChatModel(config("400"))) {
      assertThat(model.contextTokens(null, 0)).isEqualTo(4096);
      RagException failure =
          catchThrowableOfType(
              RagException.class,
              () ->
                  model.chat(
                      new ChatPrompt("be brief", "word ".repeat(1000)),
                      Call.UNLIMITED,
                      text -> {}));
      assertThat(failure.reason()).isEqualTo("LLM_CONTEXT_EXCEEDED");
      assertThat(failure.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
      assertThat(model.contextTokens(null, 0)).isEqualTo(1024);
      assertThat(model.contextTokens(null, 2048)).isEqualTo(1024);
      assertThat(model.contextTokens(null, 512)).isEqualTo(512);
      assertThat(model.contextTokens("another", 0)).isEqualTo(4096);
    }
  }

  @Test
  void chat_endpointDoesNotTakeAllOfIt_isAskedWithoutAndRemembered() throws Exception {
    ChatPrompt prompt =
        new ChatPrompt(
            "be brief",
            List.of(
                new ChatTurn(ChatTurn.Role.USER, "hello"),
                new ChatTurn(ChatTurn.Role.ASSISTANT, "hi")),
            "why?",
            new ChatOptions(null, null, null, 7, List.of(), null));
    try (OpenAiChatModel model = new OpenAiChatModel(config("stubborn"))) {
      for (int i = 0; i < 2; i++) {
        assertThat(model.chat(prompt, Call.UNLIMITED, text -> {}).finish())
            .isEqualTo(ChatOutcome.Finish.STOP);
      }
    }
    List<JsonNode> requests = llm.awaitRequests(5);
    assertThat(requests).hasSize(5);
    JsonNode last = new ObjectMapper().readTree(requests.getLast().path("body").asText());
    assertThat(last.at("/messages/0/content").asText()).isEqualTo("be brief\n\nhello");
    assertThat(last.path("messages")).hasSize(3);
    assertThat(last.path("max_completion_tokens").asInt()).isEqualTo(7);
  }

  @Test
  void chat_anotherModelIsAskedFor_isTheOneThatFailuresName() {
    ChatOptions options = new ChatOptions("another", null, null, null, List.of(), null);
    try (OpenAiChatModel model = new OpenAiChatModel(config("404"))) {
      assertThatThrownBy(
              () ->
                  model.chat(
                      new ChatPrompt("s", List.of(), "u", options), Call.UNLIMITED, text -> {}))
          .hasMessageContaining("knows no model another at this address");
    }
  }

  @Test
  void chat_dripOfBytes_isInterrupted() {
    // A byte comes well before the silence is too long, a line never does.
    RagException failure =
        failure(config(llm.baseUrl("drip"), Duration.ofMillis(700)), Call.UNLIMITED);

    assertThat(failure.reason()).isEqualTo("LLM_INTERRUPTED");
    assertThat(failure).hasMessageEndingWith("sent no whole line for 700 ms");
    assertThat(llm.awaitClosed(1)).isEqualTo(1);
  }

  @Test
  void chat_refusalWithoutEnd_isToldByItsStatus() {
    RagException failure =
        failure(config(llm.baseUrl("endless-refusal"), Duration.ofSeconds(30)), Call.UNLIMITED);

    assertThat(failure.reason()).isEqualTo("LLM_FAILED");
    assertThat(llm.awaitClosed(1)).isEqualTo(1);
  }

  @Test
  void chat_endlessThoughts_areUnusable() {
    ChatModelConfig config =
        config("endless-thoughts").withLimits(new ReplyLimits(1 << 10, 1 << 20, 1 << 16));

    assertThat(failure(config, Call.UNLIMITED).reason()).isEqualTo("LLM_UNUSABLE");
    assertThat(llm.awaitClosed(1)).isEqualTo(1);
  }

  @Test
  void chat_refusedKey_namesTheVariable() {
    assertThat(failure(config("401"), Call.UNLIMITED)).hasMessageContaining("RAGLINE_LLM_KEY");
  }

  @Test
  void chat_upstreamMessage_isCutToOneLineWithoutOurKey() {
    llm.error("Bad key " + KEY + "\r\n\tsee " + "x".repeat(1000));

    String message = String.valueOf(failure(config("401"), Call.UNLIMITED).getMessage());

    assertThat(message).contains(": Bad key [key] see xxx").endsWith("x…").doesNotContain(KEY);
    assertThat(message.substring(message.indexOf("Bad key"))).hasSize(201);
  }

  @ParameterizedTest
  @CsvSource({"stall-before-headers", "stall-mid-stream"})
  void chat_silence_isInterrupted(String script) {
    RagException failure =
        failure(config(llm.baseUrl(script), Duration.ofMillis(300)), Call.UNLIMITED);

    assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(failure.reason()).isEqualTo("LLM_INTERRUPTED");
    assertThat(failure).hasMessageEndingWith("was silent for 300 ms");
    assertThat(llm.awaitClosed(1)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"stall-before-headers", "stall-mid-stream", "gated"})
  void chat_deadlinePasses_isDeadlineExceededAndClosesUpstream(String script) {
    // Long enough for a JVM that has to load the client first.
    RagException failure = failure(config(script), Call.within(Duration.ofSeconds(2)));

    assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    assertThat(failure).hasMessageContaining("generate");
    assertThat(llm.awaitClosed(1)).isEqualTo(1);
  }

  @Test
  void chat_deadlineHasPassed_sendsNothing() {
    RagException failure = failure(config("ok"), Call.within(Duration.ZERO));

    assertThat(failure.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    assertThat(llm.awaitRequests(0)).isEmpty();
  }

  @Test
  void chat_nobodyListens_isUnreachable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertUnreachable("http://127.0.0.1:" + port + "/v1");
  }

  @Test
  void chat_hostIsNotKnown_isUnreachable() {
    assertUnreachable("http://no-such-host.invalid/v1");
  }

  @Test
  void chat_tlsToAPlainServer_isUnreachable() {
    assertUnreachable(llm.baseUrl("ok").replace("http://", "https://"));
  }

  @Test
  void chat_connectTimesOut_isUnreachable() throws IOException {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> waiting = new ArrayList<>();
      try {
        // Nobody accepts: once the queue is full the kernel answers no further connection.
        for (int i = 0; i < 2; i++) {
          waiting.add(new Socket(full.getInetAddress(), full.getLocalPort()));
        }
        ChatModelConfig config =
            config("http://127.0.0.1:" + full.getLocalPort() + "/v1", Duration.ofSeconds(60));
        assertUnreachable(config.withTimeouts(Duration.ofMillis(300), Duration.ofSeconds(60)));
      } finally {
        for (Socket socket : waiting) {
          socket.close();
        }
      }
    }
  }

  private static void assertUnreachable(String url) {
    assertUnreachable(config(url, Duration.ofSeconds(60)));
  }

  private static void assertUnreachable(ChatModelConfig config) {
    RagException failure = failure(config, Call.UNLIMITED);

    assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
    assertThat(failure.reason()).isEqualTo("LLM_UNREACHABLE");
    assertThat(failure.details()).containsExactly(new ErrorDetail.Retry(Duration.ofSeconds(1)));
  }

  private static RagException failure(ChatModelConfig config, Call call) {
    try (OpenAiChatModel model = new OpenAiChatModel(config)) {
      return Objects.requireNonNull(
          catchThrowableOfType(RagException.class, () -> model.chat(PROMPT, call, text -> {})));
    }
  }
}
