package dev.ragline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.client.fake.Errors;
import dev.ragline.client.fake.FakeRagServer;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.ByteRange;
import dev.ragline.v1.Chunk;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.Document;
import dev.ragline.v1.UploadHeader;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RagClientTest {
  private final FakeRagServer server = new FakeRagServer();
  private final RagClient client = RagClient.builder(server.address()).build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void corpora_createdListedRenamedDeleted() {
    for (String id : new String[] {"e", "a", "c", "b", "d"}) {
      var unused = client.createCorpus(id, Corpus.getDefaultInstance());
    }
    assertThat(client.listCorpora().map(Corpus::getName))
        .containsExactly("corpora/a", "corpora/b", "corpora/c", "corpora/d", "corpora/e");

    Corpus renamed =
        client.updateCorpus(
            client.getCorpus("corpora/a").toBuilder().setDisplayName("The A").build());
    assertThat(renamed.getDisplayName()).isEqualTo("The A");

    client.deleteCorpus("corpora/a");
    assertThat(client.listCorpora()).hasSize(4);
  }

  @Test
  void listCorpora_firstPageIsEnough_nextIsNotFetched() {
    for (String id : new String[] {"a", "b", "c", "d", "e"}) {
      var unused = client.createCorpus(id, Corpus.getDefaultInstance());
    }

    assertThat(client.listCorpora().limit(2)).hasSize(2);

    assertThat(server.corpora.pagesServed).hasValue(1);
  }

  @Test
  void documents_uploadedListedReadDeleted() throws IOException {
    byte[] content = "# Title\n\nOne.\n\nTwo.".getBytes(StandardCharsets.UTF_8);
    for (String id : new String[] {"x", "y", "z"}) {
      var unused = client.upload(header(id), content);
    }

    assertThat(client.listDocuments("corpora/c").map(Document::getName))
        .containsExactly("corpora/c/documents/x", "corpora/c/documents/y", "corpora/c/documents/z");
    assertThat(client.getDocument("corpora/c/documents/x").getTitle()).isEqualTo("Title");
    assertThat(client.listChunks("corpora/c/documents/x").map(Chunk::getText))
        .containsExactly("# Title", "One.", "Two.");
    assertThat(client.documentContent("corpora/c/documents/x", null)).isEqualTo(content);
    assertThat(client.documentContent("corpora/c/documents/x", range(2, 7)))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("Title");
    try (InputStream stream = client.openContent("corpora/c/documents/x", range(0, 3))) {
      assertThat(new int[] {stream.read(), stream.read(), stream.read(), stream.read()})
          .containsExactly('#', ' ', 'T', -1);
    }
    assertThat(client.deleteDocument("corpora/c/documents/x").getRemoved()).isEqualTo(3);
    assertThat(client.listDocuments("corpora/c")).hasSize(2);
  }

  @Test
  void getCorpus_absent_failsWithTheServersDetails() {
    RagClientException failure = failure(() -> client.getCorpus("corpora/foo"));

    assertThat(failure).hasMessage("there is no corpus foo");
    assertThat(failure.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure.reason()).contains("CORPUS_NOT_FOUND");
    assertThat(failure.resource().orElseThrow().getResourceName()).isEqualTo("corpora/foo");
    assertThat(failure.fields()).isEmpty();
    assertThat(failure.isServerUnreachable()).isFalse();
  }

  @Test
  void documentContent_rangeOutside_namesTheField() {
    var unused = client.upload(header("x"), new byte[] {'a'});

    RagClientException failure =
        failure(() -> client.documentContent("corpora/c/documents/x", range(0, 9)));

    assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).singleElement().extracting(f -> f.getField()).isEqualTo("range");
  }

  @Test
  void ask_modelUnavailable_serverWasReached() {
    server.answers.failure = Errors.modelUnavailable();

    RagClientException failure = failure(() -> client.ask(AskRequest.getDefaultInstance()));

    assertThat(failure.reason()).contains("LLM_UNREACHABLE");
    assertThat(failure.retryDelay()).contains(Duration.ofSeconds(2));
    assertThat(failure.isServerUnreachable()).isFalse();
  }

  @Test
  void getCorpus_nobodyListens_serverIsUnreachable() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (RagClient lonely = RagClient.builder("127.0.0.1:" + port).build()) {
      assertThat(failure(() -> lonely.getCorpus("corpora/c")).isServerUnreachable()).isTrue();
    }
  }

  @Test
  void getCorpus_acceptedButNeverAnswered_serverIsUnreachableAtTheDeadline() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        RagClient waiting =
            RagClient.builder("127.0.0.1:" + silent.getLocalPort())
                .deadline(Duration.ofMillis(300))
                .build()) {
      RagClientException failure = failure(() -> waiting.getCorpus("corpora/c"));

      assertThat(failure.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      assertThat(failure.isServerUnreachable()).isTrue();
    }
  }

  @Test
  void ask_deadlineOfAReachedServer_isNotUnreachable() {
    server.answers.endless = true;
    try (RagClient hasty =
        RagClient.builder(server.address()).deadline(Duration.ofMillis(500)).build()) {
      // The connection stands before the call that is given too little time.
      assertThat(failure(() -> hasty.getCorpus("corpora/c")).code())
          .isEqualTo(Status.Code.NOT_FOUND);
      RagClientException failure = failure(() -> hasty.ask(AskRequest.getDefaultInstance()));

      assertThat(failure.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      assertThat(failure.isServerUnreachable()).isFalse();
    }
  }

  @Test
  void askAsync_answered_completes() {
    AskRequest request = AskRequest.newBuilder().setQuestion("this").build();

    assertThat(client.askAsync(request).join().getText()).isEqualTo("answer to this");
  }

  @Test
  void askAsync_refused_completesWithTheClientsException() {
    server.answers.failure = Errors.modelUnavailable();

    assertThat(client.askAsync(AskRequest.getDefaultInstance()))
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .withCauseInstanceOf(RagClientException.class);
  }

  @Test
  void askAsync_cancelled_serverStops() throws InterruptedException {
    server.answers.endless = true;
    CompletableFuture<?> answer = client.askAsync(AskRequest.getDefaultInstance());
    assertThat(server.answers.started.await(30, TimeUnit.SECONDS)).isTrue();

    answer.cancel(true);

    assertThat(server.answers.cancelled.await(30, TimeUnit.SECONDS)).isTrue();
  }

  private static UploadHeader header(String id) {
    return UploadHeader.newBuilder().setDocument(Names.document("c", id)).build();
  }

  private static ByteRange range(long start, long end) {
    return ByteRange.newBuilder().setStart(start).setEnd(end).build();
  }

  private static RagClientException failure(ThrowingCallable call) {
    return catchThrowableOfType(RagClientException.class, call);
  }
}
