package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.store.Revisions;
import dev.ragline.v1.ByteRange;
import dev.ragline.v1.ContentBlock;
import dev.ragline.v1.Document;
import dev.ragline.v1.GetDocumentContentRequest;
import dev.ragline.v1.GetDocumentRequest;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any range of a document's content is the slice of its bytes. */
class ContentRangesTest {
  private static final long SEED = 4;
  private static final int SIZE = 300_001;
  private static final String DOCUMENT = "corpora/c/documents/bytes";

  @TempDir static Path folder;
  private static TestServer server;
  private static byte[] bytes = new byte[SIZE];

  @BeforeAll
  static void start() {
    server = TestServer.in(folder).start();
    server.createCorpus("c");
    new SplittableRandom(SEED).nextBytes(bytes);
    server
        .store()
        .replaceDocument(new CorpusId("c"), Revisions.ofContent("bytes", bytes), Call.UNLIMITED);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static byte[] read(String name, long start, long end) {
    GetDocumentContentRequest request =
        GetDocumentContentRequest.newBuilder()
            .setName(name)
            .setRange(ByteRange.newBuilder().setStart(start).setEnd(end))
            .build();
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    server
        .documents()
        .getDocumentContent(request)
        .forEachRemaining(
            piece -> {
              ContentBlock block = piece.getBlock();
              assertThat(block.getOffset()).isEqualTo(start + read.size());
              assertThat(block.getData().size()).isBetween(1, 1 << 20);
              read.writeBytes(block.getData().toByteArray());
            });
    return read.toByteArray();
  }

  @Test
  void getDocumentContent_randomRanges_areSlices() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 200; i++) {
      int start = random.nextInt(SIZE + 1);
      int most = random.nextInt(3) == 0 ? SIZE : start + 100;
      int end = random.nextInt(start, Math.clamp(most, start, SIZE) + 1);
      assertThat(Arrays.equals(read(DOCUMENT, start, end), Arrays.copyOfRange(bytes, start, end)))
          .as("seed %d: bytes %d to %d", SEED, start, end)
          .isTrue();
    }
  }

  @Test
  void getDocumentContent_edges_areSlices() {
    assertThat(read(DOCUMENT, 0, SIZE)).isEqualTo(bytes);
    assertThat(read(DOCUMENT, 0, 0)).isEmpty();
    assertThat(read(DOCUMENT, SIZE, SIZE)).isEmpty();
    assertThat(read(DOCUMENT, SIZE - 1, SIZE)).containsExactly(bytes[SIZE - 1]);
    assertThat(read(DOCUMENT, 65_535, 65_537)).isEqualTo(Arrays.copyOfRange(bytes, 65_535, 65_537));
  }

  @Test
  void getDocumentContent_rangeOutside_isRefused() {
    long[][] ranges = {
      {0, SIZE + 1},
      {SIZE, SIZE + 1},
      {SIZE + 1, SIZE + 1},
      {-1, 1},
      {2, 1},
      {0, Long.MAX_VALUE},
      {Long.MIN_VALUE, Long.MAX_VALUE},
      {Long.MAX_VALUE, Long.MIN_VALUE}
    };
    for (long[] range : ranges) {
      Failure failure = Failure.of(() -> read(DOCUMENT, range[0], range[1]));
      assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(failure.fields()).containsExactly("range");
    }
  }

  @Test
  void getDocumentContent_oldRevision_isNotFound() {
    String name = "corpora/c/documents/changing";
    Document first = server.upload(name, "first text").getDocument();
    assertThat(read(first.getRevision(), 0, 5)).asString().isEqualTo("first");
    Document second = server.upload(name, "second text").getDocument();
    Failure failure = Failure.of(() -> read(first.getRevision(), 0, 5));
    assertThat(failure.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(failure.reason()).isEqualTo("REVISION_NOT_FOUND");
    assertThat(failure.resource()).isEqualTo(first.getRevision());
    assertThat(read(second.getRevision(), 0, 6)).asString().isEqualTo("second");
    assertThat(
            server
                .documents()
                .getDocument(GetDocumentRequest.newBuilder().setName(name).build())
                .getDocument()
                .getRevision())
        .isEqualTo(second.getRevision());
  }
}
