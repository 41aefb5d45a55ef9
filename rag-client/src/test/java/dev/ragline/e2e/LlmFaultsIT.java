package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.client.AnswerStream;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AnswerState;
import dev.ragline.v1.Warning;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All that can go wrong at the other end, as the guide's table has it: the status, how often the
 * model was asked, and the text that had come. One server, whose breaker is off because it would
 * rightly give the model up.
 */
class LlmFaultsIT {
  private static final int MOST_BYTES = 1000;

  @RegisterExtension private static final LlmSetup setup = new LlmSetup();

  @SuppressWarnings("NullAway.Init") // started before any test
  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server =
        setup.serveWith(
            Map.of(
                "RAGLINE_LLM_BREAKER_SECONDS", "0",
                "RAGLINE_LLM_SILENCE_SECONDS", "1",
                "RAGLINE_LLM_MAX_ANSWER_BYTES", String.valueOf(MOST_BYTES)),
            "--llm",
            setup.llm().baseUrl());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void ask(List<AnswerEvent> events) {
    try (RagClient client = RagClient.builder(server.address()).build();
        AnswerStream stream = client.streamAsk(LlmSetup.request())) {
      stream.forEachRemaining(events::add);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, FAILED_PRECONDITION, LLM_REFUSED_REQUEST, 1, ''",
    "401, FAILED_PRECONDITION, LLM_KEY_REFUSED, 1, ''",
    "403, FAILED_PRECONDITION, LLM_KEY_REFUSED, 1, ''",
    "404, FAILED_PRECONDITION, LLM_MODEL_UNKNOWN, 1, ''",
    "429, RESOURCE_EXHAUSTED, LLM_RATE_LIMITED, 1, ''",
    "500, UNAVAILABLE, LLM_FAILED, 1, ''",
    "503, UNAVAILABLE, LLM_FAILED, 1, ''",
    "endless-refusal, UNAVAILABLE, LLM_FAILED, 1, ''",
    "html, FAILED_PRECONDITION, LLM_UNUSABLE, 1, ''",
    "cut-before-headers, UNAVAILABLE, LLM_HUNG_UP, 2, ''",
    "stall-before-headers, UNAVAILABLE, LLM_INTERRUPTED, 1, ''",
    "stall-mid-stream, UNAVAILABLE, LLM_INTERRUPTED, 1, Half an",
    "drip, UNAVAILABLE, LLM_INTERRUPTED, 1, ''",
    "cut-mid-token, UNAVAILABLE, LLM_INTERRUPTED, 1, Half an",
    "no-finish, UNAVAILABLE, LLM_INTERRUPTED, 1, Milvus keeps",
    "no-event, UNAVAILABLE, LLM_INTERRUPTED, 1, ''",
    "garbage, UNAVAILABLE, LLM_INTERRUPTED, 1, Half an",
    "error-event, UNAVAILABLE, LLM_FAILED, 1, Half an",
    "giant-line, UNAVAILABLE, LLM_UNUSABLE, 1, ''",
    "tool_calls, UNAVAILABLE, LLM_UNUSABLE, 1, Milvus keeps",
  })
  void ask_modelFails_isThatStatusAndNeverACompleteAnswer(
      String script, Status.Code code, String reason, int tries, String textBefore)
      throws IOException {
    setup.llm().play(script);
    List<AnswerEvent> events = new ArrayList<>();

    RagClientException failure = catchThrowableOfType(RagClientException.class, () -> ask(events));

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.reason()).contains(reason);
    assertThat(failure.retryDelay().isPresent()).isEqualTo(code != Status.Code.FAILED_PRECONDITION);
    assertThat(StreamLaws.checkBroken(events)).startsWith(textBefore);
    assertThat(setup.llm().awaitRequests(tries)).as("tries").hasSize(tries);
    assertThat(server.log()).doesNotContain("Exception", "OutOfMemory");
  }

  @Test
  void ask_limitedForAnHour_saysSo() {
    setup.llm().play("429");
    setup.llm().retryAfter("3600");

    RagClientException failure =
        catchThrowableOfType(RagClientException.class, () -> ask(new ArrayList<>()));

    assertThat(failure.retryDelay()).contains(Duration.ofHours(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ok",
        "done-twice",
        "empty-choices",
        "reasoning",
        "split-utf8",
        "crlf",
        "comments",
        "content-parts",
        "error-after-finish"
      })
  void ask_unusualStream_isACompleteAnswer(String script) {
    setup.llm().play(script);
    setup.llm().answer("In Oulu – 日本 𝄞.");
    List<AnswerEvent> events = new ArrayList<>();

    ask(events);

    Answer answer = StreamLaws.checkWhole(events);
    assertThat(answer.getState()).isEqualTo(AnswerState.ANSWER_STATE_COMPLETE);
    assertThat(answer.getText()).isEqualTo("In Oulu – 日本 𝄞.");
  }

  @ParameterizedTest
  @CsvSource({"length, LENGTH", "content-filter, CONTENT_FILTER", "endless, CUT_OFF"})
  void ask_modelIsStopped_isInterruptedWithTheReason(String script, String code) {
    setup.llm().play(script);
    List<AnswerEvent> events = new ArrayList<>();

    ask(events);

    Answer answer = StreamLaws.checkWhole(events);
    assertThat(answer.getState()).isEqualTo(AnswerState.ANSWER_STATE_INTERRUPTED);
    assertThat(answer.getWarningsList()).extracting(Warning::getCode).contains(code);
    if (script.equals("endless")) {
      assertThat(answer.getTextBytes().size()).isBetween(MOST_BYTES - 10, MOST_BYTES);
      assertThat(setup.llm().awaitClosed(1)).isEqualTo(1);
    }
  }
}
