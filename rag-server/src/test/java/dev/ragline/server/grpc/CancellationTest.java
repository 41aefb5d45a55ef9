package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.util.concurrent.ListenableFuture;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.AskResponse;
import dev.ragline.v1.AskServiceGrpc;
import dev.ragline.v1.StreamAskRequest;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever does not wait any more stops the work, whatever the work is busy with. */
class CancellationTest {
  private static final AskRequest QUESTION =
      AskRequest.newBuilder().setCorpus("corpora/faq").setQuestion("Why?").build();
  private static final StreamAskRequest STREAM =
      StreamAskRequest.newBuilder().setCorpus("corpora/faq").setQuestion("Why?").build();

  @TempDir Path folder;
  private final BlockingAnswerer answerer = new BlockingAnswerer();

  private TestServer server(int maxCallSeconds) {
    return TestServer.in(folder)
        .withAnswerer(answerer)
        .withMaxCallSeconds(maxCallSeconds)
        .withLimits(1000, 1)
        .start();
  }

  @Test
  void ask_callerCancels_interruptsTheWork() throws Exception {
    try (TestServer server = server(60)) {
      ListenableFuture<AskResponse> answer =
          AskServiceGrpc.newFutureStub(server.channel()).ask(QUESTION);
      answerer.awaitBegun();
      assertThat(answer.cancel(true)).isTrue();
      answerer.awaitInterrupted();
    }
  }

  @Test
  void streamAsk_callerCancels_interruptsTheWork() throws Exception {
    try (TestServer server = server(60);
        Context.CancellableContext caller = Context.current().withCancellation()) {
      var _ = caller.call(() -> server.questions().streamAsk(STREAM));
      answerer.awaitBegun();
      caller.cancel(null);
      answerer.awaitInterrupted();
    }
  }

  @Test
  void ask_connectionIsLost_interruptsTheWork() throws Exception {
    try (TestServer server = server(60)) {
      var _ = AskServiceGrpc.newFutureStub(server.channel()).ask(QUESTION);
      answerer.awaitBegun();
      server.channel().shutdownNow();
      answerer.awaitInterrupted();
    }
  }

  @Test
  void ask_callersDeadlinePasses_interruptsTheWork() {
    try (TestServer server = server(60)) {
      StatusRuntimeException failure =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> server.questions().withDeadlineAfter(200, TimeUnit.MILLISECONDS).ask(QUESTION));
      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      answerer.awaitInterrupted();
    }
  }

  @Test
  void ask_deadlineKnownToTheServerOnly_interruptsTheWork() {
    Metadata timeout = new Metadata();
    timeout.put(Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER), "200m");
    try (TestServer server = server(60)) {
      StatusRuntimeException failure =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  server
                      .questions()
                      .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(timeout))
                      .ask(QUESTION));
      assertThat(failure.getStatus().getCode())
          .isIn(Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED);
      answerer.awaitInterrupted();
    }
  }

  @Test
  void ask_withoutDeadline_isStoppedByTheServersLimit() {
    try (TestServer server = server(1)) {
      Failure failure = Failure.of(() -> server.questions().ask(QUESTION));
      assertThat(failure.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      answerer.awaitInterrupted();
    }
  }

  @Test
  void streamAsk_laterDeadlineThanTheServers_isStoppedByTheServersLimit() {
    try (TestServer server = server(1)) {
      Failure failure =
          Failure.of(
              () ->
                  server
                      .questions()
                      .withDeadlineAfter(60, TimeUnit.SECONDS)
                      .streamAsk(STREAM)
                      .forEachRemaining(event -> {}));
      assertThat(failure.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      answerer.awaitInterrupted();
    }
  }

  @Test
  void upload_thatNeverGoesOn_isStoppedByTheServersLimit() {
    try (TestServer server = server(1)) {
      server.createCorpus("faq");
      UploadCall idle = server.upload().header("corpora/faq/documents/a").blocks("half of it");
      Failure failure = Failure.of(idle::await);
      assertThat(failure.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      assertThat(server.upload("corpora/faq/documents/b", "whole").getReceipt().getAdded())
          .isEqualTo(1);
    }
  }
}
