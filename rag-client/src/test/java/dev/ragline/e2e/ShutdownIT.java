package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.client.AnswerStream;
import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.v1.AnswerEvent;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a server goes away: what runs may end, nothing new begins, and nothing stays behind. */
class ShutdownIT {
  private static final int TERMINATED = 128 + 15;
  private static final int LONG_SECONDS = 600;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  @RegisterExtension private static final LlmSetup setup = new LlmSetup();

  /** A server with those who talk to it. */
  private record Running(ServerProcess server, RagClient client, ManagedChannel channel)
      implements AutoCloseable {
    static Running start(Map<String, String> environment) {
      ServerProcess server = setup.serve("gated", environment);
      return new Running(
          server,
          RagClient.builder(server.address()).build(),
          NettyChannelBuilder.forTarget(server.address()).usePlaintext().build());
    }

    @Override
    public void close() {
      client.close();
      channel.shutdownNow();
      server.close();
    }
  }

  @Test
  void terminate_whileAnswering_endsTheAnswerAndRefusesNewOnes() throws Exception {
    try (Running running = Running.start(Map.of())) {
      Iterator<HealthCheckResponse> health =
          HealthGrpc.newBlockingStub(running.channel())
              .watch(HealthCheckRequest.getDefaultInstance());
      assertThat(health.next().getStatus()).isEqualTo(ServingStatus.SERVING);
      List<AnswerEvent> events = new ArrayList<>();
      try (AnswerStream stream = running.client().streamAsk(LlmSetup.request())) {
        events.add(stream.next());
        var unused = setup.llm().awaitRequests(1);

        running.server().process().destroy();

        assertThat(health.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        awaitRefusal(running.server());
        assertThat(running.server().process().isAlive()).as("waits for the answer").isTrue();
        setup.llm().release();
        stream.forEachRemaining(events::add);
      }
      assertThat(StreamLaws.checkWhole(events).getText()).isNotBlank();
      assertGone(running.server(), 0);
    }
  }

  @Test
  void terminate_lameDuck_servesWhoComesAllTheSame() throws Exception {
    String seconds = Integer.toString(LONG_SECONDS);
    try (Running running = Running.start(Map.of("RAGLINE_SERVER_LAME_DUCK_SECONDS", seconds))) {
      Iterator<HealthCheckResponse> health =
          HealthGrpc.newBlockingStub(running.channel())
              .watch(HealthCheckRequest.getDefaultInstance());
      assertThat(health.next().getStatus()).isEqualTo(ServingStatus.SERVING);

      running.server().process().destroy();

      assertThat(health.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
      assertThat(running.server().rag("health").out()).isEqualTo("NOT_SERVING\n");
      Rag.Result late = running.server().rag("corpus", "show", LlmSetup.CORPUS);
      assertThat(late.exitCode()).as(late.err()).isZero();

      running.server().process().destroy();

      assertGone(running.server(), TERMINATED);
    }
  }

  @Test
  void connection_tooOld_isEndedAndMadeAnew() throws Exception {
    Map<String, String> young =
        Map.of(
            "RAGLINE_SERVER_MAX_CONNECTION_AGE_SECONDS", "1",
            "RAGLINE_SERVER_MAX_CONNECTION_AGE_GRACE_SECONDS", "1");
    try (Running running = Running.start(young)) {
      HealthGrpc.HealthBlockingStub stub =
          HealthGrpc.newBlockingStub(running.channel())
              .withDeadlineAfter(LONG_SECONDS, TimeUnit.SECONDS);
      Iterator<HealthCheckResponse> health = stub.watch(HealthCheckRequest.getDefaultInstance());
      assertThat(health.next().getStatus()).isEqualTo(ServingStatus.SERVING);

      StatusRuntimeException cut =
          catchThrowableOfType(StatusRuntimeException.class, () -> health.next());

      assertThat(cut.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(stub.check(HealthCheckRequest.getDefaultInstance()).getStatus())
          .isEqualTo(ServingStatus.SERVING);
    }
  }

  @Test
  void terminate_answerWithoutEnd_isCutAfterTheDrain() throws Exception {
    try (Running running = Running.start(Map.of("RAGLINE_SERVER_DRAIN_SECONDS", "1"))) {
      List<AnswerEvent> events = new ArrayList<>();
      try (AnswerStream stream = running.client().streamAsk(LlmSetup.request())) {
        events.add(stream.next());
        var unused = setup.llm().awaitRequests(1);

        running.server().process().destroy();

        RagClientException failure =
            catchThrowableOfType(
                RagClientException.class, () -> stream.forEachRemaining(events::add));
        assertThat(failure.code()).isIn(Status.Code.UNAVAILABLE, Status.Code.CANCELLED);
      }
      StreamLaws.checkBroken(events);
      assertThat(setup.llm().awaitClosed(1)).isEqualTo(1);
      assertGone(running.server(), 0);
    }
  }

  /** Asks anew until that is refused: the signal takes a moment to arrive. */
  private static void awaitRefusal(ServerProcess server) {
    Instant until = Instant.now().plus(LONGEST_WAIT);
    while (true) {
      try (RagClient newcomer = RagClient.builder(server.address()).build()) {
        var unused = newcomer.getCorpus("corpora/" + LlmSetup.CORPUS);
        assertThat(Instant.now()).as("new calls are still served").isBefore(until);
      } catch (RagClientException e) {
        assertThat(e.isServerUnreachable()).as(e.getMessage()).isTrue();
        return;
      }
    }
  }

  private static void assertGone(ServerProcess server, int exitCode) throws Exception {
    assertThat(server.process().waitFor(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(server.process().exitValue()).as(server.log()).isEqualTo(exitCode);
    assertThat(server.log()).doesNotContain("Exception");
    int port = Integer.parseInt(server.address().substring(server.address().indexOf(':') + 1));
    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(free.getLocalPort()).isEqualTo(port);
    }
  }
}
