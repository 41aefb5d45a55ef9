package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.client.AnswerStream;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.v1.AnswerEvent;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users see when the language model fails. */
class LlmFailuresIT {
  @RegisterExtension private static final LlmSetup setup = new LlmSetup();

  @ParameterizedTest
  @CsvSource({
    "401, FAILED_PRECONDITION, LLM_KEY_REFUSED, LEPTONAI_TOKEN, ''",
    "429, RESOURCE_EXHAUSTED, LLM_RATE_LIMITED, try again in 7s, ''",
    "500, UNAVAILABLE, LLM_FAILED, HTTP 500, ''",
    "cut, UNAVAILABLE, LLM_INTERRUPTED, before its answer was whole, Half an",
    "no-finish, UNAVAILABLE, LLM_INTERRUPTED, language model, Milvus keeps",
  })
  void ask_modelFails_isOneStatusAndOneLine(
      String script, Status.Code code, String reason, String words, String textBefore)
      throws Exception {
    try (ServerProcess server = setup.serve(script)) {
      check(server, code, reason, words, textBefore);
      assertThat(setup.llm().awaitRequests(2)).as("one try for each question").hasSize(2);
    }
  }

  @Test
  void ask_modelIsNotThere_isUnavailable() throws Exception {
    try (ServerProcess server =
        setup.serveAt("http://127.0.0.1:" + closedPort() + "/v1", Map.of())) {
      check(server, Status.Code.UNAVAILABLE, "LLM_UNREACHABLE", "cannot be reached", "");
    }
  }

  private static void check(
      ServerProcess server, Status.Code code, String reason, String words, String textBefore)
      throws Exception {
    List<AnswerEvent> events = new ArrayList<>();
    try (RagClient client = RagClient.builder(server.address()).build();
        AnswerStream stream = client.streamAsk(LlmSetup.request())) {
      RagClientException failure =
          catchThrowableOfType(
              RagClientException.class, () -> stream.forEachRemaining(events::add));
      assertThat(failure.code()).isEqualTo(code);
      assertThat(failure.reason()).contains(reason);
      assertThat(failure.isServerUnreachable()).isFalse();
      assertThat(failure.getMessage()).doesNotContain(LlmSetup.TOKEN, "\n");
    }
    assertThat(StreamLaws.checkBroken(events)).startsWith(textBefore);

    try (RunningRag ask = setup.ask(server)) {
      Rag.Result result = ask.result();
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.out()).startsWith(textBefore).doesNotContain("Sources:");
      assertThat(result.err().lines().toList())
          .singleElement()
          .asString()
          .startsWith("rag: the language model at http://127.0.0.1:")
          .contains(words)
          .endsWith("(" + reason + ")")
          .doesNotContain(LlmSetup.TOKEN);
    }
    assertThat(server.log()).doesNotContain(LlmSetup.TOKEN);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
