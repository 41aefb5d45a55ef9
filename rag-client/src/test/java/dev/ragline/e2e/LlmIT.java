package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragline.client.AnswerStream;
import dev.ragline.client.RagClient;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.AnswerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers written by a language model, which is a script at the other end of a real socket. */
class LlmIT {
  private static final String TEXT =
      "Backups go to the cold bucket in Oulu [1] and stay for 30 days [1].";
  @RegisterExtension private static final LlmSetup setup = new LlmSetup();

  @BeforeEach
  void answer() {
    setup.llm().answer(TEXT);
  }

  @Test
  void ask_lepton_sendsTheContractedRequestAndCites() throws Exception {
    try (ServerProcess server = setup.serve("ok");
        RagClient client = RagClient.builder(server.address()).build()) {
      var asked = server.rag("ask", LlmSetup.QUESTION, "--corpus", LlmSetup.CORPUS, "--json");

      assertThat(asked.exitCode()).as(asked.err()).isZero();
      Answer answer = StreamLaws.checkWhole(Output.events(asked));
      assertThat(answer.getState()).isEqualTo(AnswerState.ANSWER_STATE_COMPLETE);
      assertThat(answer.getText())
          .isEqualTo("Backups go to the cold bucket in Oulu and stay for 30 days.");
      assertThat(answer.getModel()).isEqualTo("scripted-1");
      assertThat(answer.getUsage().getPromptTokens()).isEqualTo(11);
      List<String> quotes = Citations.check(client, answer);
      assertThat(quotes).hasSize(2);
      assertThat(quotes.getFirst()).contains("Oulu");
      assertThat(quotes.getLast()).contains("30 days");
      assertThat(server.log()).doesNotContain(LlmSetup.TOKEN);
      checkRequest(setup.llm().awaitRequests(1));
    }
  }

  private static void checkRequest(List<JsonNode> requests) throws Exception {
    assertThat(requests).hasSize(1);
    JsonNode request = requests.getFirst();
    assertThat(request.path("method").asText()).isEqualTo("POST");
    assertThat(request.path("path").asText()).isEqualTo("/script/ok/v1/chat/completions");
    assertThat(request.path("headers").path("authorization").asText())
        .isEqualTo("Bearer " + LlmSetup.TOKEN);
    JsonNode body = LlmSetup.parse(request.path("body").asText());
    assertThat(body.path("model").asText()).isEqualTo("mistral-7b");
    assertThat(body.path("stream").asBoolean()).isTrue();
    assertThat(body.path("messages").findValuesAsText("role")).containsExactly("system", "user");
    assertThat(body.at("/messages/1/content").asText())
        .containsSubsequence(
            "<context>",
            "[1] ",
            "cold bucket in Oulu",
            "</context>",
            "<question>",
            LlmSetup.QUESTION,
            "</question>");
  }

  @Test
  void stream_gatedModel_firstWordArrivesBeforeTheRestIsSaid() throws Exception {
    try (ServerProcess server = setup.serve("gated");
        RagClient client = RagClient.builder(server.address()).build()) {
      List<AnswerEvent> events = new ArrayList<>();
      try (AnswerStream stream = client.streamAsk(LlmSetup.request())) {
        LlmSetup.readToFirstText(stream, events);
        assertThat(events.getLast().getTextDelta().getText()).startsWith("Backups");
        setup.llm().release();
        stream.forEachRemaining(events::add);
      }
      assertThat(StreamLaws.checkWhole(events).getText()).endsWith("30 days.");

      try (RunningRag ask = setup.ask(server)) {
        ask.awaitOut("Backups");
        setup.llm().release();
        Rag.Result result = ask.result();
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("Oulu [1]", "30 days [2].", "Sources:");
      }
    }
  }

  @Test
  void cancel_byClientOrCtrlC_closesTheModelsConnection() throws Exception {
    try (ServerProcess server = setup.serve("gated")) {
      try (RagClient client = RagClient.builder(server.address()).build()) {
        try (AnswerStream stream = client.streamAsk(LlmSetup.request())) {
          LlmSetup.readToFirstText(stream, new ArrayList<>());
        }
        assertThat(setup.llm().awaitClosed(1)).isEqualTo(1);
      }

      try (RunningRag ask = setup.ask(server)) {
        ask.awaitOut("Backups");
        ask.interrupt();
        Rag.Result result = ask.result();
        assertThat(result.exitCode()).as(result.err()).isEqualTo(130);
        assertThat(result.err()).doesNotContain("Exception");
        assertThat(setup.llm().awaitClosed(2)).isEqualTo(2);
      }
      assertThat(server.log()).doesNotContain("Exception");
    }
  }

  @Test
  void deadline_silentModel_isToldInOneLineAndClosesTheModelsConnection() throws Exception {
    try (ServerProcess server = setup.serve("stall-mid-stream")) {
      setup.warmUp(server);
      try (RunningRag ask = setup.ask(server, "--timeout", "3s")) {
        ask.awaitOut("Half an");
        Rag.Result result = ask.result();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err().lines().toList())
            .singleElement()
            .asString()
            .startsWith("rag: ")
            .contains("DEADLINE_EXCEEDED");
        assertThat(result.out()).doesNotContain("Sources:");
        assertThat(setup.llm().awaitClosed(2)).isEqualTo(2);
      }
    }
  }

  @Test
  void serve_withoutToken_namesTheVariable() throws Exception {
    try (RunningRag serve =
        RunningRag.start(
            setup.folder(),
            Map.of("LEPTONAI_TOKEN", ""),
            "serve",
            "--port",
            "0",
            "--store",
            setup.folder().resolve("unused").toString(),
            "--llm",
            "lepton")) {
      Rag.Result result = serve.result();

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).contains("rag: ", "LEPTONAI_TOKEN").doesNotContain("Exception");
    }
  }
}
