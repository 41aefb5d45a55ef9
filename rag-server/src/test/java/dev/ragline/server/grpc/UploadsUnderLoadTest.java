package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.server.config.IngestLimits;
import dev.ragline.testing.HeldEmbedder;
import dev.ragline.v1.IngestServiceGrpc;
import dev.ragline.v1.ListDocumentsRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What uploads that do not go on leave to all others. */
class UploadsUnderLoadTest {
  private static final int MANY = 24;

  @TempDir Path folder;

  private static void requireServes(ManagedChannel channel) {
    HealthCheckResponse health =
        HealthGrpc.newBlockingStub(channel)
            .withDeadlineAfter(20, TimeUnit.SECONDS)
            .check(HealthCheckRequest.getDefaultInstance());
    assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
  }

  private static UploadCall upload(ManagedChannel channel, long deadlineMillis) {
    return new UploadCall(
        IngestServiceGrpc.newStub(channel)
            .withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS));
  }

  @Test
  void upload_storeNeverAnswersForManyHeaders_allOthersGoOn() {
    List<HeldStore> stores = new ArrayList<>();
    try (TestServer server =
        TestServer.in(folder)
            .withStore(
                store -> {
                  stores.add(new HeldStore(store));
                  return stores.getFirst();
                })
            .start()) {
      server.createCorpus("held");
      server.createCorpus("faq");
      stores.getFirst().hold();
      ManagedChannel other = server.connect();
      List<UploadCall> held = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        String name = "corpora/held/documents/" + i;
        held.add(upload(other, 2000).header(name));
        requireServes(server.channel());
        assertThat(server.upload("corpora/faq/documents/" + i, "text " + i).getReceipt().getAdded())
            .isEqualTo(1);
      }
      // Their own deadlines end them, although nobody answers.
      for (UploadCall call : held) {
        assertThat(code(call)).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      }
      requireServes(server.channel());
      stores.getFirst().release();
      assertThat(server.upload("corpora/held/documents/a", "text").getReceipt().getAdded())
          .isEqualTo(1);
      other.shutdownNow();
    }
  }

  @Test
  void upload_modelNeverAnswers_otherDocumentsGoOn() throws Exception {
    HeldEmbedder embedder = new HeldEmbedder("held");
    try (TestServer server = TestServer.in(folder).withEmbedder(embedder).start()) {
      server.createCorpus("faq");
      UploadCall first = server.upload().header("corpora/faq/documents/a").blocks("held");
      UploadCall held = first.commit();
      Thread finishing = Thread.ofVirtual().start(held::finish);
      embedder.awaitBegun();
      for (int i = 0; i < MANY; i++) {
        requireServes(server.channel());
        assertThat(server.upload("corpora/faq/documents/" + i, "text " + i).getReceipt().getAdded())
            .isEqualTo(1);
      }
      assertThat(held.isDone()).isFalse();
      embedder.release();
      finishing.join();
      assertThat(
              server
                  .documents()
                  .listDocuments(
                      ListDocumentsRequest.newBuilder()
                          .setParent("corpora/faq")
                          .setPageSize(100)
                          .build())
                  .getDocumentsList())
          .hasSize(MANY + 1);
    }
  }

  @Test
  void upload_manyHeadersAndSilence_keepNoOtherOut() {
    try (TestServer server = TestServer.in(folder).withLimits(1000, 1).start()) {
      server.createCorpus("faq");
      List<UploadCall> silent = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        silent.add(server.upload().header("corpora/faq/documents/silent-" + i));
      }
      assertThat(server.upload("corpora/faq/documents/a", "text").getReceipt().getAdded())
          .isEqualTo(1);
      assertThat(silent).noneMatch(UploadCall::isDone);
      silent.forEach(UploadCall::cancel);
    }
  }

  @Test
  void upload_silentWithBytes_endsAndLeavesItsPlace() {
    IngestLimits limits = new IngestLimits(1000, 100, 1, 1);
    try (TestServer server = TestServer.in(folder).withLimits(limits).start()) {
      server.createCorpus("faq");
      for (UploadCall call :
          List.of(
              server.upload(),
              server.upload().header("corpora/faq/documents/a"),
              server.upload().header("corpora/faq/documents/a").blocks("half"))) {
        Failure failure = Failure.of(call::await);
        assertThat(failure.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(failure.reason()).isEqualTo("UPLOAD_SILENT");
      }
      assertThat(server.upload("corpora/faq/documents/a", "text").getReceipt().getAdded())
          .isEqualTo(1);
    }
  }

  @Test
  void upload_severalPiecesOfAnySize_arePutTogether() {
    try (TestServer server = TestServer.in(folder).withLimits(4 << 20, 16).start()) {
      server.createCorpus("faq");
      UploadCall call = server.upload().header("corpora/faq/documents/a");
      StringBuilder all = new StringBuilder();
      for (int size : new int[] {1, 2, 70_000, 3, 900_000, 1, 65_536, 65_537, 10}) {
        String piece = "some words ".repeat(size / 11 + 1).substring(0, size);
        all.append(piece);
        call.blocks(piece);
      }
      var document = call.commit().finish().getDocument();
      assertThat(document.getSize()).isEqualTo(all.length());
    }
  }

  @Test
  void upload_moreChunksThanAllowed_isRefusedWithTheNumber() {
    IngestLimits limits = new IngestLimits(1 << 20, 3, 16, 30);
    try (TestServer server = TestServer.in(folder).withLimits(limits).start()) {
      server.createCorpus("faq");
      String content = "# A\n\na\n\n# B\n\nb\n\n# C\n\nc\n\n# D\n\nd\n";
      Failure failure = Failure.of(() -> server.upload("corpora/faq/documents/a.md", content));
      assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(failure.fields()).containsExactly("content");
      assertThat(failure.message()).contains("more than 3 chunks").contains("ingest.max-chunks");
    }
  }

  /** The status, which the client itself may have given. */
  private static Status.Code code(UploadCall call) {
    try {
      var _ = call.await();
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }
}
