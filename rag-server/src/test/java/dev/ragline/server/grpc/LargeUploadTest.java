package dev.ragline.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.ragline.ingest.IngestConfig;
import dev.ragline.v1.ContentBlock;
import dev.ragline.v1.GetDocumentContentRequest;
import dev.ragline.v1.ListDocumentsRequest;
import dev.ragline.v1.UploadDocumentResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that are not held in memory. */
class LargeUploadTest {
  private static final String DOCUMENT = "corpora/faq/documents/large.txt";
  private static final int BLOCK = 128 << 10;
  private static final int MOST = 3 * IngestConfig.HELD_BYTES;

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.in(folder).withLimits(MOST, 1).start();
    server.createCorpus("faq");
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    try (Stream<Path> left = Files.list(Files.createDirectories(folder.resolve("spool")))) {
      assertThat(left).isEmpty();
    }
  }

  /** Much of it blank, so that it has few chunks. */
  private static byte[] text(int bytes) {
    String paragraph =
        "Some words of a sentence that stands in many paragraphs." + "\n".repeat(20_000);
    return paragraph.repeat(bytes / 20_000 + 1).substring(0, bytes).getBytes(UTF_8);
  }

  private UploadCall blocks(byte[] content) {
    UploadCall call = server.upload().header(DOCUMENT);
    for (int from = 0; from < content.length; from += BLOCK) {
      call.block(from, Arrays.copyOfRange(content, from, Math.min(from + BLOCK, content.length)));
    }
    return call;
  }

  private byte[] content(String document) {
    ByteString all = ByteString.EMPTY;
    Iterator<ContentBlock> blocks =
        Stream.of(
                server
                    .documents()
                    .getDocumentContent(
                        GetDocumentContentRequest.newBuilder().setName(document).build()))
            .flatMap(
                responses -> {
                  Stream.Builder<ContentBlock> found = Stream.builder();
                  responses.forEachRemaining(response -> found.add(response.getBlock()));
                  return found.build();
                })
            .iterator();
    while (blocks.hasNext()) {
      all = all.concat(blocks.next().getData());
    }
    return all.toByteArray();
  }

  private void assertPlaceIsFree() {
    assertThat(server.upload("corpora/faq/documents/b", "text").getReceipt().getAdded())
        .isEqualTo(1);
  }

  @Test
  void upload_aroundTheSizeThatIsHeld_isReadBackTheSame() {
    for (int size :
        new int[] {
          IngestConfig.HELD_BYTES - 1,
          IngestConfig.HELD_BYTES,
          IngestConfig.HELD_BYTES + 1,
          IngestConfig.HELD_BYTES + BLOCK + 1,
          2 * IngestConfig.HELD_BYTES + 77
        }) {
      byte[] text = text(size);
      UploadDocumentResponse response = blocks(text).commit().finish();
      assertThat(response.getDocument().getSize()).isEqualTo(size);
      assertThat(content(DOCUMENT)).isEqualTo(text);
    }
  }

  @Test
  void upload_digestIsAnother_isRefused() {
    byte[] text = text(IngestConfig.HELD_BYTES + BLOCK);
    UploadCall call = blocks(text).commit(text.length, "ab".repeat(32));
    Failure failure = Failure.of(call::await);
    assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.message()).contains("commit.sha256");
    assertPlaceIsFree();
  }

  @Test
  void upload_moreThanAllowed_isRefused() {
    UploadCall call = blocks(text(MOST)).block(MOST, new byte[] {'a'});
    assertThat(Failure.of(call::await).code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertPlaceIsFree();
  }

  @Test
  void upload_gapBehindWhatIsHeld_saysHowMuchIsThere() {
    byte[] text = text(IngestConfig.HELD_BYTES + 3 * BLOCK);
    UploadCall call = blocks(text).block(text.length + 1, new byte[] {'a'});
    Failure failure = Failure.of(call::await);
    assertThat(failure.code()).isEqualTo(Status.Code.OUT_OF_RANGE);
    assertThat(failure.message()).contains("but " + text.length + " bytes are there");
  }

  @Test
  void upload_callerLeavesInTheMiddle_leavesNothing() {
    UploadCall call = blocks(text(2 * IngestConfig.HELD_BYTES));
    call.cancel();
    assertThatThrownBy(call::await).isInstanceOf(StatusRuntimeException.class);
    assertThat(
            server
                .documents()
                .listDocuments(ListDocumentsRequest.newBuilder().setParent("corpora/faq").build())
                .getDocumentsList())
        .isEmpty();
  }

  @Test
  void upload_oneBlockAfterTheOther_whateverTheirSizes() {
    byte[] text = text(IngestConfig.HELD_BYTES + 300_000);
    UploadCall call = server.upload().header(DOCUMENT);
    int from = 0;
    for (int size = 1; from < text.length; size = size % 100_000 * 7 + 13) {
      int to = Math.min(text.length, from + size);
      call.block(from, Arrays.copyOfRange(text, from, to));
      from = to;
    }
    assertThat(call.commit().finish().getDocument().getSize()).isEqualTo(text.length);
    assertThat(content(DOCUMENT)).isEqualTo(text);
  }
}
