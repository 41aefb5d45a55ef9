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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several endpoints, both APIs, the breaker, and what cancelled questions leave. */
class LlmEndpointsIT {
  private static final int CANCELS = 40;

  @RegisterExtension private static final LlmSetup setup = new LlmSetup();

  @ParameterizedTest
  @ValueSource(strings = {"503", "401", "429", "cut-before-headers"})
  void ask_firstEndpointFails_theNextAnswersAndAWarningSaysSo(String script) {
    setup.llm().answer("In Oulu [1].");
    try (ServerProcess server =
            setup.serveWith(
                Map.of(),
                "--llm",
                setup.llm().baseUrl(script),
                "--llm",
                setup.llm().baseUrl("ok"),
                "--llm-api",
                "chat",
                "--llm-api",
                "responses");
        RagClient client = RagClient.builder(server.address()).build();
        AnswerStream stream = client.streamAsk(LlmSetup.request())) {
      Answer answer = StreamLaws.readWhole(stream);

      assertThat(answer.getState()).isEqualTo(AnswerState.ANSWER_STATE_COMPLETE);
      assertThat(answer.getText()).isEqualTo("In Oulu.");
      assertThat(answer.getWarningsList())
          .extracting(Warning::getCode)
          .containsExactly("LLM_FAILED_OVER");
      assertThat(setup.llm().awaitRequests(2))
          .extracting(request -> request.path("path").asText())
          .containsExactly("/script/" + script + "/v1/chat/completions", "/script/ok/v1/responses");
    }
  }

  @Test
  void ask_firstEndpointBreaksOff_theNextIsNotAsked() {
    List<AnswerEvent> events = new ArrayList<>();
    try (ServerProcess server =
            setup.serveWith(
                Map.of(), "--llm", setup.llm().baseUrl("cut"), "--llm", setup.llm().baseUrl("ok"));
        RagClient client = RagClient.builder(server.address()).build();
        AnswerStream stream = client.streamAsk(LlmSetup.request())) {
      RagClientException failure =
          catchThrowableOfType(
              RagClientException.class, () -> stream.forEachRemaining(events::add));

      assertThat(failure.reason()).contains("LLM_INTERRUPTED");
    }
    assertThat(StreamLaws.checkBroken(events)).startsWith("Half an");
    assertThat(setup.llm().awaitRequests(1)).hasSize(1);
  }

  @Test
  void ask_endpointKeepsFailing_isNoLongerAsked() {
    try (ServerProcess server = setup.serveWith(Map.of(), "--llm", setup.llm().baseUrl("500"));
        RagClient client = RagClient.builder(server.address()).build()) {
      String reason = "";
      for (int i = 0; i < 6; i++) {
        reason = failure(client).reason().orElse("");
      }

      assertThat(reason).isEqualTo("LLM_CIRCUIT_OPEN");
      assertThat(failure(client).code()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(failure(client).retryDelay()).isPresent();
      assertThat(setup.llm().awaitRequests(5)).hasSize(5);
    }
  }

  private static RagClientException failure(RagClient client) {
    return catchThrowableOfType(
        RagClientException.class,
        () -> {
          try (AnswerStream stream = client.streamAsk(LlmSetup.request())) {
            stream.readToEnd();
          }
        });
  }

  @Test
  void serve_badEndpoints_sayWhatIsWrong() throws Exception {
    assertThat(refused("--llm", "lepton", "--llm", "ollama", "--llm-model", "m"))
        .contains("llm.model has 1 entries for 2 of llm.name");
    assertThat(refused("--llm", "ollama", "--llm-api", "grpc")).contains("chat or responses");
    assertThat(refused("--llm", "lepton", "--llm-api", "responses")).contains("LLM_API_MISSING");
    assertThat(refused("--llm", "azure")).contains("AZURE_OPENAI_ENDPOINT");
  }

  private static String refused(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("serve", "--port", "0", "--store"));
    command.add(setup.folder().resolve("unused").toString());
    command.addAll(List.of(options));
    Map<String, String> environment = Map.of("LEPTONAI_TOKEN", "t", "AZURE_OPENAI_API_KEY", "t");
    try (RunningRag serve =
        RunningRag.start(setup.folder(), environment, command.toArray(String[]::new))) {
      Rag.Result result = serve.result();
      assertThat(result.exitCode()).isPositive();
      List<String> said = Commands.said(result);
      assertThat(said).hasSize(1);
      return said.getFirst();
    }
  }

  @Test
  void cancel_manyQuestions_leavesNoThreadAndNoConnection() throws Exception {
    try (ServerProcess server = setup.serveWith(Map.of(), "--llm", setup.llm().baseUrl());
        RagClient client = RagClient.builder(server.address()).build()) {
      int closed = 0;
      for (String script : List.of("stall-before-headers", "stall-mid-stream", "gated")) {
        setup.llm().play(script);
        for (int i = 0; i < CANCELS; i++) {
          try (AnswerStream stream = client.streamAsk(LlmSetup.request())) {
            closed++;
            if (script.equals("stall-before-headers")) {
              assertThat(setup.llm().awaitRequests(closed)).hasSize(closed);
            } else {
              LlmSetup.readToFirstText(stream, new ArrayList<>());
            }
          }
        }
        assertThat(setup.llm().awaitClosed(closed)).isEqualTo(closed);
      }
      Waiting.until("no call is running", () -> callThreads(server) == 0);
    }
  }

  private static long callThreads(ServerProcess server) {
    Path dump = setup.folder().resolve("threads.json");
    try {
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  String.valueOf(server.process().pid()),
                  "Thread.dump_to_file",
                  "-overwrite",
                  "-format=json",
                  dump.toString())
              .redirectErrorStream(true)
              .redirectOutput(setup.folder().resolve("jcmd").toFile())
              .start();
      assertThat(jcmd.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(jcmd.exitValue()).isZero();
      try (var lines = Files.lines(dump)) {
        return lines.filter(line -> line.contains("\"name\": \"call\"")).count();
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
