package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import dev.ragline.call.Priority;
import dev.ragline.execution.ComputeStats;
import dev.ragline.testing.HeldEmbedder;
import dev.ragline.testing.TestExecution;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.AskServiceGrpc;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.StreamAskResponse;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What questions that do not go on, for whatever reason, leave to all others. */
@Timeout(120)
class HeldQuestionsTest {
  private static final int MANY = 24;
  private static final int DEADLINE_SECONDS = 3;

  @TempDir Path folder;

  /** Questions to the corpus {@code held}: unary and streamed ones, of which some are cancelled. */
  private static final class HeldQuestions {
    private final List<ListenableFuture<?>> unary = new ArrayList<>();
    private final List<CompletableFuture<Status.Code>> streamed = new ArrayList<>();
    private final List<Context.CancellableContext> cancelled = new ArrayList<>();

    HeldQuestions(ManagedChannel channel) {
      for (int i = 0; i < MANY; i++) {
        var stub =
            AskServiceGrpc.newFutureStub(channel)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
        switch (i % 3) {
          case 0 -> unary.add(stub.retrieve(retrieve("corpora/held", "held " + i)));
          case 1 ->
              unary.add(
                  stub.ask(
                      AskRequest.newBuilder()
                          .setCorpus("corpora/held")
                          .setQuestion("held " + i)
                          .build()));
          default -> stream(channel, i);
        }
      }
    }

    private void stream(ManagedChannel channel, int number) {
      CompletableFuture<Status.Code> end = new CompletableFuture<>();
      streamed.add(end);
      Context.CancellableContext context = Context.current().withCancellation();
      cancelled.add(context);
      context.run(
          () ->
              AskServiceGrpc.newStub(channel)
                  .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
                  .streamAsk(
                      StreamAskRequest.newBuilder()
                          .setCorpus("corpora/held")
                          .setQuestion("held " + number)
                          .build(),
                      ending(end)));
    }

    private static StreamObserver<StreamAskResponse> ending(CompletableFuture<Status.Code> end) {
      return new StreamObserver<>() {
        @Override
        public void onNext(StreamAskResponse event) {}

        @Override
        public void onError(Throwable failure) {
          end.complete(Status.fromThrowable(failure).getCode());
        }

        @Override
        public void onCompleted() {
          end.complete(Status.Code.OK);
        }
      };
    }

    /** One stream after the other. */
    void cancelNext() {
      if (!cancelled.isEmpty()) {
        cancelled.removeFirst().cancel(null);
      }
    }

    /** None ends well, and none before its deadline but those that were cancelled. */
    void requireEnded() throws InterruptedException {
      for (ListenableFuture<?> call : unary) {
        try {
          call.get();
          throw new AssertionError("a held question was answered");
        } catch (ExecutionException e) {
          assertThat(Status.fromThrowable(e.getCause()).getCode())
              .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        }
      }
      assertThat(streamed.stream().map(CompletableFuture::join))
          .allMatch(code -> code == Status.Code.CANCELLED || code == Status.Code.DEADLINE_EXCEEDED);
    }
  }

  private static RetrieveRequest retrieve(String corpus, String question) {
    return RetrieveRequest.newBuilder().setCorpus(corpus).setQuestion(question).build();
  }

  /** Asks for health, for what there is, and another corpus's question, while others are held. */
  private static void requireOthersGoOn(TestServer server, HeldQuestions held) {
    for (int i = 0; i < MANY; i++) {
      var health =
          HealthGrpc.newBlockingStub(server.channel())
              .withDeadlineAfter(20, TimeUnit.SECONDS)
              .check(HealthCheckRequest.getDefaultInstance());
      assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
      assertThat(services(server.channel())).contains("ragline.v1.AskService");
      assertThat(
              server
                  .questions()
                  .withDeadlineAfter(20, TimeUnit.SECONDS)
                  .retrieve(retrieve("corpora/faq", "apples"))
                  .getPassagesCount())
          .isEqualTo(1);
      held.cancelNext();
    }
  }

  private static List<String> services(ManagedChannel channel) {
    CompletableFuture<List<String>> listed = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> requests =
        ServerReflectionGrpc.newStub(channel)
            .withDeadlineAfter(20, TimeUnit.SECONDS)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    listed.complete(
                        response.getListServicesResponse().getServiceList().stream()
                            .map(service -> service.getName())
                            .toList());
                  }

                  @Override
                  public void onError(Throwable failure) {
                    listed.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {}
                });
    requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    requests.onCompleted();
    return listed.join();
  }

  private static void bringIn(TestServer server) {
    server.createCorpus("held");
    server.createCorpus("faq");
    var _ = server.upload("corpora/held/documents/a", "pears");
    var _ = server.upload("corpora/faq/documents/a", "apples");
  }

  private static void requireNothingRuns() {
    ComputeStats stats = TestExecution.SHARED.compute().stats();
    assertThat(stats.waitingInteractive()).isZero();
    assertThat(TestExecution.SHARED.compute().waiting(Priority.BATCH)).isZero();
  }

  @Test
  void ask_storeNeverAnswers_allOthersGoOn() throws Exception {
    List<HeldStore> stores = new ArrayList<>();
    try (TestServer server =
        TestServer.in(folder)
            .withStore(
                store -> {
                  stores.add(new HeldStore(store));
                  return stores.getFirst();
                })
            .start()) {
      bringIn(server);
      stores.getFirst().hold();
      ManagedChannel other = server.connect();
      HeldQuestions held = new HeldQuestions(other);
      requireOthersGoOn(server, held);
      held.requireEnded();
      requireNothingRuns();
      stores.getFirst().release();
      other.shutdownNow();
    }
  }

  @Test
  void ask_embeddingModelNeverAnswers_allOthersGoOn() throws Exception {
    HeldEmbedder embedder = new HeldEmbedder("held");
    try (TestServer server = TestServer.in(folder).withEmbedder(embedder).start()) {
      bringIn(server);
      ManagedChannel other = server.connect();
      HeldQuestions held = new HeldQuestions(other);
      embedder.awaitBegun();
      requireOthersGoOn(server, held);
      held.requireEnded();
      requireNothingRuns();
      embedder.release();
      other.shutdownNow();
    }
  }

  @Test
  void ask_heldQuestionIsLetGo_isAnswered() throws Exception {
    HeldEmbedder embedder = new HeldEmbedder("held");
    try (TestServer server = TestServer.in(folder).withEmbedder(embedder).start()) {
      bringIn(server);
      var held =
          AskServiceGrpc.newFutureStub(server.channel())
              .retrieve(retrieve("corpora/held", "held pears"));
      embedder.awaitBegun();
      assertThat(held.isDone()).isFalse();
      embedder.release();
      assertThat(held.get().getPassagesCount()).isEqualTo(1);
    } catch (StatusRuntimeException e) {
      throw new AssertionError(e);
    }
  }
}
