package dev.ragline.generation.openai;

import static dev.ragline.generation.openai.Replies.DONE;
import static dev.ragline.generation.openai.Replies.FINISH;
import static dev.ragline.generation.openai.Replies.USAGE;
import static dev.ragline.generation.openai.Replies.broken;
import static dev.ragline.generation.openai.Replies.chunk;
import static dev.ragline.generation.openai.Replies.event;
import static dev.ragline.generation.openai.Replies.json;
import static dev.ragline.generation.openai.Replies.said;
import static dev.ragline.generation.openai.Replies.saidWithFinish;
import static dev.ragline.generation.openai.Replies.stream;
import static dev.ragline.generation.openai.Replies.undelimited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.document.RagException;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatOutcome.Finish;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chat completions as real servers and gateways send them. */
class ReplyReaderTest {
  private static final int MAX_TOKENS = 100;

  private final StringBuilder text = new StringBuilder();

  private ChatOutcome read(ReplyBody body) {
    return Replies.read(ChatApi.CHAT, body, MAX_TOKENS, text::append);
  }

  private RagException failure(ReplyBody body) {
    return catchThrowableOfType(RagException.class, () -> read(body));
  }

  static Stream<String> wholeAnswers() {
    String end = FINISH + USAGE + DONE;
    String a = chunk("{\"content\":\"In Oulu \"}", null);
    String b = chunk("{\"content\":\"[1].\"}", null);
    String thought = event(chunk("{\"reasoning_content\":\"Let me think.\"}", "stop"));
    return Stream.of(
        saidWithFinish("In Oulu ") + saidWithFinish("[1].") + DONE,
        saidWithFinish("In Oulu ") + saidWithFinish("[1]."),
        saidWithFinish("In Oulu ") + saidWithFinish("[1].") + USAGE,
        thought + saidWithFinish("In Oulu ") + thought + saidWithFinish("[1].") + DONE,
        said("") + saidWithFinish("In Oulu ") + said("[1].") + DONE,
        said("In Oulu ") + saidWithFinish("[1].") + DONE,
        "data: " + a + "\ndata: " + b + "\n\n" + end,
        "data: " + a + "data: " + b + "\n\n" + end,
        "data: " + a + b + "\n\n" + end,
        "data: " + a + "\ndata: " + b + "\ndata: " + chunk("{}", "stop") + "\ndata: [DONE]\n\n",
        ": pingdata: " + a + "\n\nevent: messagedata: " + b + "\n\n" + end,
        "\ufeff" + event(a) + event(b) + end,
        " " + event(a) + "\t" + event(b) + end,
        (event(a) + event(b) + end).replace('\n', '\r'),
        "event: error\n\n" + event(a) + "event: error\n\n" + event(b) + end,
        a + "\n" + b + "\n" + chunk("{}", "stop") + "\n",
        event(chunk("{\"content\":[{\"type\":\"output_text\",\"text\":\"In Oulu \"}]}", null))
            + event(chunk("{\"content\":[{\"text\":\"[1]\"},\".\"]}", null))
            + end,
        event(a) + event(a.replace("\"index\":0", "\"index\":1")) + event(b) + end,
        event(chunk("{\"content\":\"In Oulu [1].\"}", "eos").replace("delta", "message")) + DONE);
  }

  @ParameterizedTest
  @MethodSource("wholeAnswers")
  void read_shapeOfSomeServer_givesTheWholeText(String body) {
    assertThat(read(stream(body)).finish()).isEqualTo(Finish.STOP);
    assertThat(text).hasToString("In Oulu [1].");
  }

  static Stream<ReplyBody> partsOfAnswers() {
    String half = saidWithFinish("In Oulu ");
    return Stream.of(
        broken(half),
        undelimited(half),
        stream(half + "data: {\"choices\""),
        stream(half + "data: {\"choices\"\n\n"),
        broken(said("In ") + saidWithFinish("Oulu ")),
        broken(said("In ") + FINISH + said("Oulu ")));
  }

  @ParameterizedTest
  @MethodSource("partsOfAnswers")
  void read_finishedButCut_isInterrupted(ReplyBody body) {
    assertThat(failure(body).reason()).isEqualTo("LLM_INTERRUPTED");
  }

  @Test
  void read_brokenBehindTheFinishAfterTheText_isWhole() {
    assertThat(read(broken(said("In Oulu.") + FINISH)).finish()).isEqualTo(Finish.STOP);
  }

  @Test
  void read_silenceBehindTheFinish_isWhole() throws IOException {
    InputStream body = stream(said("In Oulu.") + FINISH).in();
    InputStream silent =
        new InputStream() {
          @Override
          public int read() throws IOException {
            int next = body.read();
            if (next >= 0) {
              return next;
            }
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            throw new IOException("Closed by interrupt");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            into[offset] = (byte) read();
            return 1;
          }
        };

    assertThat(read(new ReplyBody(silent, "text/event-stream", true)).finish())
        .isEqualTo(Finish.STOP);
    assertThat(text).hasToString("In Oulu.");
  }

  @ParameterizedTest
  @CsvSource({
    "eos, STOP",
    "STOP, STOP",
    "end_turn, STOP",
    "eos_token, STOP",
    "max_tokens, LENGTH",
    "MAX_TOKENS, LENGTH",
    "model_length, LENGTH",
    "Length, LENGTH",
    "SAFETY, CONTENT_FILTER",
  })
  void read_finishReason_isKnown(String reason, Finish finish) {
    assertThat(read(stream(said("In") + event(chunk("{}", reason)) + DONE)).finish())
        .isEqualTo(finish);
  }

  @Test
  void read_unknownReason_namesItBehindTheText() {
    RagException failure = failure(stream(event(chunk("{\"content\":\"In\"}", "moon")) + DONE));

    assertThat(failure).hasMessageEndingWith("stopped for a reason of its own: moon");
    assertThat(failure.reason()).isEqualTo("LLM_UNUSABLE");
    assertThat(text).hasToString("In");
  }

  @Test
  void read_limitThenStop_isTheLimit() {
    String body = said("In") + event(chunk("{}", "length")) + FINISH + DONE;
    assertThat(read(stream(body)).finish()).isEqualTo(Finish.LENGTH);
  }

  @Test
  void read_allTokensUsed_isTheLimit() {
    String usage = USAGE.replace("\"completion_tokens\":3", "\"completion_tokens\":100");
    assertThat(read(stream(said("In") + FINISH + usage)).finish()).isEqualTo(Finish.LENGTH);
  }

  @Test
  void read_refusal_isToldInItsWords() {
    String body = event(chunk("{\"content\":null,\"refusal\":\"I cannot.\"}", null)) + FINISH;

    assertThat(read(stream(body + DONE)).finish()).isEqualTo(Finish.CONTENT_FILTER);
    assertThat(text).hasToString("I cannot.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "error: {\"code\":500,\"message\":\"out of luck\"}|LLM_FAILED",
        "error: out of luck|LLM_FAILED",
        "data: {\"object\":\"error\",\"message\":\"out of luck\",\"code\":400}|LLM_REFUSED_REQUEST",
        "event: error~data: out of luck|LLM_FAILED",
        "event: error~data: {\"error\":{\"message\":\"out of"
            + " luck\",\"code\":429}}|LLM_RATE_LIMITED",
        "event: error~data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
            + "\"message\":\"out of luck\"}}|LLM_FAILED",
        "data: {\"detail\":\"out of luck\"}|LLM_FAILED",
        "data: {\"detail\":[{\"loc\":[\"body\",\"n\"],\"msg\":\"out of luck\"}]}|LLM_FAILED",
        "data: {\"error\":{\"message\":{\"reason\":\"out of luck\"},\"code\":\"401\"}}"
            + "|LLM_KEY_REFUSED",
        "data: {\"error\":{\"message\":\"out of luck\",\"type\":\"rate_limit_error\"}}"
            + "|LLM_RATE_LIMITED",
        "data: {\"error\":\"out of luck\",\"status\":404}|LLM_MODEL_UNKNOWN",
        "data: {\"choices\":[{\"index\":0,\"error\":{\"code\":502,\"message\":\"out of luck\"}}]}"
            + "|LLM_FAILED",
        "{\"error\":{\"message\":\"out of luck\",\"code\":429}}|LLM_RATE_LIMITED",
        "out of luck|LLM_INTERRUPTED",
        "data: out of luck|LLM_INTERRUPTED",
        "data: {\"note\":\"out of luck\"}|LLM_INTERRUPTED",
      })
  void read_errorInTheStream_isToldInItsWords(String lines, String reason) {
    RagException failure = failure(stream(said("In ") + lines.replace('~', '\n') + "\n\n" + DONE));

    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure).hasMessageContaining("out of luck");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\":{\"code\":429,\"message\":\"out of luck\"}}|LLM_RATE_LIMITED",
        "{\"code\":401,\"message\":\"out of luck\"}|LLM_KEY_REFUSED",
        "{~\"code\": 400,~\"message\": \"out of luck\"~}|LLM_REFUSED_REQUEST",
        "{\"message\":\"out of luck\"}|LLM_FAILED",
        "{\"detail\":\"out of luck\"}|LLM_FAILED",
        "{\"status\":\"odd\",\"message\":\"out of luck\"}|LLM_UNUSABLE",
      })
  void read_errorAsDocument_isToldInItsWords(String document, String reason) {
    RagException failure = failure(json(document.replace('~', '\n')));

    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure).hasMessageContaining("out of luck");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n"})
  void read_completionThatIsNoStream_isTheAnswer(String around) {
    String document =
        """
        {"object": "chat.completion", "model": "big",
         "choices": [{"index": 0, "finish_reason": "stop",
                      "message": {"role": "assistant", "content": "In Oulu.", "refusal": null}}],
         "usage": {"prompt_tokens": 5, "completion_tokens": 3}}\
        """;

    ChatOutcome outcome = read(json(around + document + around));

    assertThat(outcome.finish()).isEqualTo(Finish.STOP);
    assertThat(outcome.model()).isEqualTo("big");
    assertThat(outcome.usage().completionTokens()).isEqualTo(3);
    assertThat(text).hasToString("In Oulu.");
  }

  @Test
  void read_modelToldAsThePathOfItsWeights_isToldByItsFile() {
    String tells = event("{\"model\":\"/srv/models/small.gguf\",\"choices\":[]}");

    assertThat(read(stream(tells + said("In Oulu.") + FINISH + DONE)).model())
        .isEqualTo("small.gguf");
  }

  @Test
  void read_halfOfADocument_isInterrupted() {
    assertThat(failure(json("{\"object\":\"chat.completion\",\"choi")).reason())
        .isEqualTo("LLM_INTERRUPTED");
  }

  @Test
  void read_thoughtsOfWhichOnlyTheEndIsMarked_areKeptOutOfTheNextAnswer() {
    AtomicBoolean unopened = new AtomicBoolean();
    String body = said("Hm.\\n</think>\\n") + said("In Oulu.") + FINISH + DONE;

    RagException failure =
        catchThrowableOfType(
            RagException.class,
            () -> Replies.read(ChatApi.CHAT, stream(body), MAX_TOKENS, unopened, piece -> {}));
    Replies.read(ChatApi.CHAT, stream(body), MAX_TOKENS, unopened, text::append);

    assertThat(failure.reason()).isEqualTo("LLM_UNUSABLE");
    assertThat(text).hasToString("In Oulu.");
  }

  @Test
  void read_noThoughtsWhereTheyWereExpected_givesTheTextAndExpectsNoMore() {
    AtomicBoolean unopened = new AtomicBoolean(true);

    Replies.read(
        ChatApi.CHAT, stream(said("In Oulu.") + FINISH), MAX_TOKENS, unopened, text::append);

    assertThat(text).hasToString("In Oulu.");
    assertThat(unopened).isFalse();
  }
}
