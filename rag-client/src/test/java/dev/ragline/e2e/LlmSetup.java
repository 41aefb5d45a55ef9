package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ragline.client.AnswerStream;
import dev.ragline.client.RagClient;
import dev.ragline.testing.ScriptedLlmProcess;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.StreamAskRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A scripted language model and a store with documents. Each script has its own address, so a
 * server is started for each; they take turns on the store.
 */
final class LlmSetup implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  static final String QUESTION = "Where are backups kept?";
  static final String CORPUS = "own";
  static final String TOKEN = "lepton-5ecret";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Path folder = Path.of("");

  @SuppressWarnings("NullAway.Init") // started before any test
  private ScriptedLlmProcess llm;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    folder = Scratch.folder("rag-llm");
    llm = ScriptedLlmProcess.start();
    Path documents = folder.resolve("documents");
    OwnDocuments.write(documents);
    try (ServerProcess server = ServerProcess.start(store(), Map.of())) {
      var ingested = server.rag("ingest", documents.toString(), "--corpus", CORPUS);
      assertThat(ingested.exitCode()).as(ingested.err()).isZero();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    llm.reset();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    llm.close();
  }

  ScriptedLlmProcess llm() {
    return llm;
  }

  Path folder() {
    return folder;
  }

  /** A server whose language model plays a script. */
  ServerProcess serve(String script) {
    return serve(script, Map.of());
  }

  /** The same with more in its environment. */
  ServerProcess serve(String script, Map<String, String> more) {
    return serveAt(llm.baseUrl(script), more);
  }

  /** A server whose language model is at an address. */
  ServerProcess serveAt(String url, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("LEPTONAI_TOKEN", TOKEN);
    return ServerProcess.start(store(), environment, "--llm", "lepton", "--llm-url", url);
  }

  /** A server with options of its own. */
  ServerProcess serveWith(Map<String, String> environment, String... options) {
    return ServerProcess.start(store(), environment, options);
  }

  /** Starts to ask the question by the command line. */
  RunningRag ask(ServerProcess server, String... options) {
    List<String> command = new ArrayList<>(List.of("ask", QUESTION, "--corpus", CORPUS));
    command.addAll(List.of(options));
    return RunningRag.start(
        folder, Map.of("RAGLINE_SERVER", server.address()), command.toArray(String[]::new));
  }

  /** Asks once and goes away at the first word: what is slow the first time is done then. */
  void warmUp(ServerProcess server) {
    try (RagClient client = RagClient.builder(server.address()).build();
        AnswerStream stream = client.streamAsk(request())) {
      readToFirstText(stream, new ArrayList<>());
    }
    assertThat(llm.awaitClosed(1)).isEqualTo(1);
  }

  /** Takes events up to the first text. */
  static void readToFirstText(AnswerStream stream, List<AnswerEvent> events) {
    AnswerEvent event;
    do {
      event = stream.next();
      events.add(event);
    } while (!event.hasTextDelta());
  }

  /** The question, for the client. */
  static StreamAskRequest request() {
    return StreamAskRequest.newBuilder()
        .setCorpus("corpora/" + CORPUS)
        .setQuestion(QUESTION)
        .build();
  }

  static JsonNode parse(String json) throws IOException {
    return JSON.readTree(json);
  }

  private Path store() {
    return folder.resolve("store");
  }
}
