package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ragline.call.Call;
import dev.ragline.call.Priority;
import dev.ragline.execution.ComputePool;
import dev.ragline.testing.TestExecution;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.StreamAskRequest;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LoadShedderTest {
  @TempDir Path folder;

  private final ComputePool compute = TestExecution.SHARED.compute();
  private final CountDownLatch release = new CountDownLatch(1);

  /** Has questions hold all cores, and as many wait as may. */
  private List<Thread> fill() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(compute.cores());
    for (int i = 0; i < compute.cores(); i++) {
      threads.add(hold(Priority.INTERACTIVE, begun));
    }
    begun.await();
    while (compute.hasRoom()) {
      int waiting = compute.waiting(Priority.INTERACTIVE);
      threads.add(hold(Priority.INTERACTIVE, begun));
      await().until(() -> compute.waiting(Priority.INTERACTIVE) > waiting);
    }
    return threads;
  }

  /** Has work wait for a core and hold it until the release. */
  private Thread hold(Priority priority, CountDownLatch begun) {
    return Thread.ofVirtual()
        .start(
            () ->
                compute.run(
                    "hold",
                    Call.UNLIMITED.at(priority),
                    () -> {
                      begun.countDown();
                      return awaitRelease();
                    }));
  }

  private boolean awaitRelease() {
    try {
      release.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void requireRefused(ThrowingCallable question) {
    Failure failure = Failure.of(question);
    assertThat(failure.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(failure.reason()).isEqualTo("OVERLOADED");
    assertThat(failure.message()).contains("wait");
  }

  @Test
  void ask_asManyQuestionsWaitAsMay_isRefusedAtOnceAndAllElseGoesOn() throws Exception {
    try (TestServer server = TestServer.in(folder).start()) {
      server.createCorpus("faq");
      List<Thread> held = fill();
      try {
        requireRefused(() -> server.questions().retrieve(RetrieveRequest.getDefaultInstance()));
        requireRefused(() -> server.questions().ask(AskRequest.getDefaultInstance()));
        requireRefused(
            () ->
                server
                    .questions()
                    .streamAsk(StreamAskRequest.getDefaultInstance())
                    .forEachRemaining(event -> {}));
        assertThat(
                HealthGrpc.newBlockingStub(server.channel())
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus())
            .isEqualTo(ServingStatus.SERVING);
        assertThat(
                server
                    .corpora()
                    .listCorpora(dev.ragline.v1.ListCorporaRequest.getDefaultInstance())
                    .getCorporaCount())
            .isEqualTo(1);
      } finally {
        release.countDown();
      }
      for (Thread thread : held) {
        thread.join();
      }
      assertThat(
              server
                  .questions()
                  .retrieve(
                      RetrieveRequest.newBuilder()
                          .setCorpus("corpora/faq")
                          .setQuestion("Is there room?")
                          .build())
                  .getPassagesCount())
          .isZero();
    } finally {
      release.countDown();
    }
  }

  @Test
  void ask_answersThatTakeSeconds_mayWaitLonger() throws Exception {
    BlockingAnswerer answerer = new BlockingAnswerer();
    try (TestServer server = TestServer.in(folder).withAnswerer(answerer).start()) {
      server.createCorpus("faq");
      List<Thread> held = fill();
      try {
        requireRefused(() -> server.questions().retrieve(RetrieveRequest.getDefaultInstance()));
        Thread asking =
            Thread.ofVirtual()
                .start(
                    () ->
                        Failure.of(
                            () ->
                                server
                                    .questions()
                                    .withDeadlineAfter(2, TimeUnit.SECONDS)
                                    .ask(
                                        AskRequest.newBuilder()
                                            .setCorpus("corpora/faq")
                                            .setQuestion("Is there room?")
                                            .build())));
        answerer.awaitBegun();
        asking.join();
      } finally {
        release.countDown();
      }
      for (Thread thread : held) {
        thread.join();
      }
    }
  }

  @Test
  void hasRoom_onlyPiecesOfBatchesWait_isTrue() throws Exception {
    List<Thread> held = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        held.add(hold(Priority.BATCH, new CountDownLatch(1)));
      }
      await().until(() -> compute.waiting(Priority.BATCH) >= 40);
      assertThat(compute.hasRoom()).isTrue();
    } finally {
      release.countDown();
    }
    for (Thread thread : held) {
      thread.join();
    }
  }
}
