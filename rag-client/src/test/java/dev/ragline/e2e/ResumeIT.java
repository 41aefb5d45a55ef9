package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.client.AnswerLostException;
import dev.ragline.client.AnswerStream;
import dev.ragline.client.RagClient;
import dev.ragline.client.Resuming;
import dev.ragline.testing.TakesMinutes;
import dev.ragline.testing.milvus.TcpProxy;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import dev.ragline.v1.OnDisconnect;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Connections that break under an answer's stream: a real network in between, and a language model
 * in a process of its own that says how often it was asked.
 */
@TakesMinutes
class ResumeIT {
  private static final String TEXT =
      "Backups go to the cold bucket in Oulu \uD83E\uDDCA [1] and stay for 30 days [1].";
  private static final String PLAIN =
      "Backups go to the cold bucket in Oulu \uD83E\uDDCA and stay for 30 days.";

  @RegisterExtension private static final LlmSetup setup = new LlmSetup();

  @BeforeEach
  void answer() {
    setup.llm().answer(TEXT);
  }

  private static List<AnswerEvent> ask(RagClient client) {
    List<AnswerEvent> events = new ArrayList<>();
    try (AnswerStream stream = client.streamAsk(LlmSetup.request())) {
      stream.forEachRemaining(events::add);
    }
    return events;
  }

  private static List<AnswerEvent> resume(RagClient client, String answer, long after) {
    List<AnswerEvent> events = new ArrayList<>();
    try (AnswerStream stream = client.resumeAsk(answer, after)) {
      stream.forEachRemaining(events::add);
    }
    return events;
  }

  @Test
  void stream_cutBehindEveryEvent_isWholeAndTheModelIsAskedOnce() {
    try (ServerProcess server = setup.serve("ok");
        RagClient direct = RagClient.builder(server.address()).build()) {
      int events = ask(direct).size();
      assertThat(events).isGreaterThan(12);
      for (int cut = 0; cut <= events; cut++) {
        setup.llm().reset();
        setup.llm().answer(TEXT);
        try (CuttingProxy proxy = CuttingProxy.start(cut, server.address(), server.address());
            RagClient client = RagClient.builder(proxy.address()).build()) {
          List<AnswerEvent> seen = ask(client);

          Answer answer = StreamLaws.checkWhole(seen);
          assertThat(proxy.hasCut()).as("cut behind %d", cut).isTrue();
          assertThat(answer.getText()).as("cut behind %d", cut).isEqualTo(PLAIN);
          assertThat(setup.llm().awaitRequests(1)).as("cut behind %d", cut).hasSize(1);
          assertThat(resume(direct, answer.getName(), -1)).isEqualTo(seen);
          assertThat(direct.getAnswer(answer.getName())).isEqualTo(answer);
        }
      }
    }
  }

  @Test
  void commandLine_cutInTheMiddle_showsTheAnswerAsIfNothingWas() throws Exception {
    try (ServerProcess server = setup.serve("ok")) {
      Rag.Result whole = server.rag("ask", LlmSetup.QUESTION, "--corpus", LlmSetup.CORPUS);
      try (CuttingProxy proxy = CuttingProxy.start(7, server.address(), server.address())) {
        Rag.Result cut =
            Rag.run(
                Map.of("RAGLINE_SERVER", proxy.address()),
                "ask",
                LlmSetup.QUESTION,
                "--corpus",
                LlmSetup.CORPUS);

        assertThat(proxy.hasCut()).isTrue();
        assertThat(cut.out()).isEqualTo(whole.out());
        assertThat(cut.exitCode()).as(cut.err()).isZero();
        assertThat(setup.llm().awaitRequests(2)).hasSize(2);
      }
    }
  }

  @Test
  void answer_afterARestart_isStillThere() throws Exception {
    List<AnswerEvent> before;
    try (ServerProcess server = setup.serve("ok");
        RagClient client = RagClient.builder(server.address()).build()) {
      before = ask(client);
      server.kill();
    }
    String name = before.getFirst().getAnswer();
    try (ServerProcess server = setup.serve("ok");
        RagClient client = RagClient.builder(server.address()).build()) {
      for (int after = -1; after < before.size(); after++) {
        assertThat(resume(client, name, after)).isEqualTo(before.subList(after + 1, before.size()));
      }
      Rag.Result asked = server.rag("ask", LlmSetup.QUESTION, "--corpus", LlmSetup.CORPUS);
      assertThat(server.rag("answer", name).out()).isEqualTo(asked.out());
      assertThat(setup.llm().awaitRequests(2)).hasSize(2);

      Rag.Result json = server.rag("answer", name, "--json");
      assertThat(json.out().lines()).hasSize(1);
      Rag.Result other = server.rag("answer", name.replaceAll(".{4}$", "0000"));
      assertThat(other.exitCode()).isEqualTo(1);
      assertThat(other.err()).contains("(ANSWER_NOT_HELD)");
    }
  }

  @Test
  void stream_cutByDefaultOfTheWire_stopsTheModelAndSaysSo() {
    try (ServerProcess server = setup.serve("gated");
        TcpProxy network = TcpProxy.to("http://" + server.address());
        RagClient client = RagClient.builder(URI.create(network.address()).getAuthority()).build();
        AnswerStream stream =
            client.streamAsk(
                LlmSetup.request().toBuilder()
                    .setOnDisconnect(OnDisconnect.ON_DISCONNECT_CANCEL)
                    .build())) {
      List<AnswerEvent> seen = new ArrayList<>();
      LlmSetup.readToFirstText(stream, seen);

      network.cut();
      assertThat(setup.llm().awaitClosed(1)).isEqualTo(1);
      network.heal();

      assertThatThrownBy(() -> stream.forEachRemaining(seen::add))
          .isInstanceOfSatisfying(
              AnswerLostException.class, e -> assertThat(e.reason()).contains("ANSWER_STOPPED"));
      assertThat(StreamLaws.checkBroken(seen)).startsWith("Backups");
    }
  }

  @Test
  void stream_cutAndNeverResumed_stopsTheModelWhenTheLeaseIsOver() {
    try (ServerProcess server = setup.serve("gated", Map.of("RAGLINE_ANSWERS_LEASE_SECONDS", "1"));
        TcpProxy network = TcpProxy.to("http://" + server.address());
        RagClient client = RagClient.builder(URI.create(network.address()).getAuthority()).build();
        AnswerStream stream = client.streamAsk(LlmSetup.request());
        RagClient direct = RagClient.builder(server.address()).build()) {
      LlmSetup.readToFirstText(stream, new ArrayList<>());

      network.cut();

      assertThat(setup.llm().awaitClosed(1)).isEqualTo(1);
      assertThatThrownBy(() -> resume(direct, stream.answer(), -1))
          .isInstanceOfSatisfying(
              AnswerLostException.class, e -> assertThat(e.reason()).contains("ANSWER_STOPPED"));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = OnDisconnect.class,
      names = {"ON_DISCONNECT_CANCEL", "ON_DISCONNECT_CONTINUE"})
  void stream_othersReadAlong_allGetTheSameAndTheModelIsAskedOnce(OnDisconnect onDisconnect)
      throws Exception {
    try (ServerProcess server = setup.serve("gated");
        RagClient client = RagClient.builder(server.address()).build();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<AnswerEvent> seen = new ArrayList<>();
      try (AnswerStream stream =
          client.streamAsk(LlmSetup.request().toBuilder().setOnDisconnect(onDisconnect).build())) {
        LlmSetup.readToFirstText(stream, seen);
        List<Future<List<AnswerEvent>>> staying = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          staying.add(threads.submit(() -> resume(client, stream.answer(), -1)));
          try (RagClient other = RagClient.builder(server.address()).build();
              AnswerStream leaving = other.resumeAsk(stream.answer(), -1)) {
            assertThat(leaving.next()).isEqualTo(seen.getFirst());
          }
        }
        setup.llm().release();
        stream.forEachRemaining(seen::add);
        for (Future<List<AnswerEvent>> other : staying) {
          assertThat(other.get()).isEqualTo(seen);
        }
      }
      assertThat(StreamLaws.checkWhole(seen).getText()).endsWith("30 days.");
      assertThat(setup.llm().awaitRequests(1)).hasSize(1);
    }
  }

  @Test
  void stream_goesOnAtAnotherReplica_failsOrIsAskedAnewAsTold() throws Exception {
    Path store = Scratch.folder("rag-replica");
    Path documents = store.resolve("documents");
    OwnDocuments.write(documents);
    Map<String, String> token = Map.of("LEPTONAI_TOKEN", LlmSetup.TOKEN);
    String[] llm = {"--llm", "lepton", "--llm-url", setup.llm().baseUrl("ok")};
    try (ServerProcess one = setup.serve("ok");
        ServerProcess other = ServerProcess.start(store.resolve("store"), token, llm)) {
      assertThat(other.rag("ingest", documents.toString(), "--corpus", LlmSetup.CORPUS).exitCode())
          .isZero();

      List<AnswerEvent> seen = new ArrayList<>();
      try (CuttingProxy proxy = CuttingProxy.start(5, one.address(), other.address());
          RagClient client = RagClient.builder(proxy.address()).build();
          AnswerStream stream = client.streamAsk(LlmSetup.request())) {
        assertThatThrownBy(() -> stream.forEachRemaining(seen::add))
            .isInstanceOfSatisfying(
                AnswerLostException.class, e -> assertThat(e.reason()).contains("ANSWER_NOT_HELD"));
      }
      assertThat(seen).hasSize(5);
      assertThat(setup.llm().awaitRequests(1)).hasSize(1);

      Resuming anew = new Resuming(Duration.ofSeconds(15), true);
      try (CuttingProxy proxy = CuttingProxy.start(5, one.address(), other.address());
          RagClient client = RagClient.builder(proxy.address()).resuming(anew).build()) {
        List<AnswerEvent> both = ask(client);
        assertThat(both.get(5).hasStarted()).isTrue();
        Answer second = StreamLaws.checkWhole(both.subList(5, both.size()));
        assertThat(second.getName()).isNotEqualTo(both.getFirst().getAnswer());
        assertThat(setup.llm().awaitRequests(3)).hasSize(3);
      }
    }
  }
}
