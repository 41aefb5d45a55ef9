package dev.ragline.generation.openai;

import static dev.ragline.generation.openai.Replies.event;
import static dev.ragline.generation.openai.Replies.json;
import static dev.ragline.generation.openai.Replies.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.document.RagException;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatOutcome.Finish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses as real servers send them. */
class ResponsesReplyTest {
  private static final int MAX_TOKENS = 100;
  private static final String WHOLE =
      """
      {"object":"response","status":"completed","error":null,"model":"m","output":[\
      {"type":"reasoning","content":[{"type":"reasoning_text","text":"Hm."}]},\
      {"type":"message","content":[{"type":"output_text","text":"In Oulu."}]}],\
      "usage":{"input_tokens":1,"output_tokens":3}}\
      """;

  private final StringBuilder text = new StringBuilder();

  private ChatOutcome read(ReplyBody body) {
    return Replies.read(ChatApi.RESPONSES, body, MAX_TOKENS, text::append);
  }

  private static String piece(String text) {
    return event("{\"type\":\"response.output_text.delta\",\"delta\":\"" + text + "\"}");
  }

  private static String completed(String response) {
    return event("{\"type\":\"response.completed\",\"response\":" + response + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"completed\",\"usage\":{\"input_tokens\":1,\"output_tokens\":100}}",
        "{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"}}",
        "{\"incomplete_details\":{\"reason\":\"max_output_tokens\"}}",
      })
  void read_completedAtTheTokenLimit_isTheLimit(String response) {
    assertThat(read(stream(piece("In ") + completed(response))).finish()).isEqualTo(Finish.LENGTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"In Oulu.", "In ", ""})
  void read_endOfTheTextAtTheEndAlone_isTheText(String pieces) {
    assertThat(read(stream(piece(pieces) + completed(WHOLE))).finish()).isEqualTo(Finish.STOP);
    assertThat(text).hasToString("In Oulu.");
  }

  @Test
  void read_pieceMissing_isInterrupted() {
    RagException failure =
        catchThrowableOfType(
            RagException.class, () -> read(stream(piece("Oulu.") + completed(WHOLE))));

    assertThat(failure.reason()).isEqualTo("LLM_INTERRUPTED");
  }

  @Test
  void read_responseThatIsNoStream_isTheAnswer() {
    assertThat(read(json(WHOLE)).finish()).isEqualTo(Finish.STOP);
    assertThat(text).hasToString("In Oulu.");
  }

  @Test
  void read_failedWithACode_isThatFailure() {
    String failed =
        event(
            """
            {"type":"response.failed","response":{"status":"failed","error":\
            {"code":"rate_limit_exceeded","message":"out of luck"}}}\
            """);

    RagException failure = catchThrowableOfType(RagException.class, () -> read(stream(failed)));

    assertThat(failure.reason()).isEqualTo("LLM_RATE_LIMITED");
    assertThat(failure).hasMessageEndingWith("out of luck");
  }

  @Test
  void read_refusal_isToldInItsWords() {
    String refusal = event("{\"type\":\"response.refusal.delta\",\"delta\":\"I cannot.\"}");

    assertThat(read(stream(refusal + completed("{}"))).finish()).isEqualTo(Finish.CONTENT_FILTER);
    assertThat(text).hasToString("I cannot.");
  }
}
