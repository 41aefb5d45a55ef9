package dev.ragline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.client.fake.Errors;
import dev.ragline.client.fake.FakeRagServer;
import dev.ragline.v1.UploadDocumentRequest;
import dev.ragline.v1.UploadDocumentResponse;
import dev.ragline.v1.UploadHeader;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UploadTest {
  private static final UploadHeader HEADER =
      UploadHeader.newBuilder().setDocument("corpora/c/documents/d").build();
  private static final long TOTAL = 32L * 1024 * 1024;

  private final FakeRagServer server = new FakeRagServer();
  private final RagClient client = RagClient.builder(server.address()).build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 131_071, 131_072, 131_073, 700_001})
  void upload_anySize_arrivesWhole(int size) {
    byte[] content = new byte[size];
    Random random = new Random(size);
    for (int i = 0; i < size; i++) {
      content[i] = (byte) ('a' + random.nextInt(26));
    }

    UploadDocumentResponse response = client.upload(HEADER, content);

    assertThat(response.getDocument().getSize()).as("seed %d", size).isEqualTo(size);
    assertThat(client.documentContent(HEADER.getDocument(), null))
        .as("seed %d", size)
        .isEqualTo(content);
  }

  @Test
  void upload_empty_isADocumentWithoutChunks() {
    assertThat(client.upload(HEADER, new byte[0]).getDocument().getChunkCount()).isZero();
    assertThat(client.documentContent(HEADER.getDocument(), null)).isEmpty();
  }

  @Test
  void upload_slowServer_isNotRunAhead() throws IOException {
    Endless content = new Endless(TOTAL);
    AtomicLong ahead = new AtomicLong();
    server.documents.uploads =
        responses -> {
          responses.disableAutoRequest();
          responses.request(1);
          return new SlowReceiver(responses, content, ahead);
        };

    UploadDocumentResponse response = client.upload(HEADER, content);

    assertThat(response.getReceipt().getAdded()).isEqualTo(1);
    // The server's window of 128 KiB, gRPC's 32 KiB, and blocks on their way in and out.
    assertThat(ahead.get()).isLessThan(1024 * 1024);
  }

  @Test
  void upload_refusedEarly_serversWordIsHeardAndTheRestNotRead() {
    Endless content = new Endless(Long.MAX_VALUE);
    server.documents.uploads =
        responses ->
            new Receiver() {
              @Override
              public void onNext(UploadDocumentRequest message) {
                if (message.hasBlock() && message.getBlock().getOffset() == 0) {
                  responses.onError(Errors.of(Status.Code.ABORTED, "ETAG_MISMATCH", "was changed"));
                }
              }
            };

    RagClientException failure =
        catchThrowableOfType(RagClientException.class, () -> client.upload(HEADER, content));

    assertThat(failure).hasMessage("was changed");
    assertThat(failure.reason()).contains("ETAG_MISMATCH");
  }

  @Test
  void upload_unreadableSource_isGivenUpOnTheServer() throws InterruptedException {
    CountDownLatch cancelled = new CountDownLatch(1);
    AtomicInteger commits = new AtomicInteger();
    server.documents.uploads =
        responses -> {
          responses.setOnCancelHandler(cancelled::countDown);
          return new Receiver() {
            @Override
            public void onNext(UploadDocumentRequest message) {
              if (message.hasCommit()) {
                commits.incrementAndGet();
              }
            }
          };
        };
    assertThatThrownBy(() -> client.upload(HEADER, new Broken()))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is gone");
    assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(commits).hasValue(0);
  }

  private abstract static class Receiver implements StreamObserver<UploadDocumentRequest> {
    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }

  /**
   * Asks for the next message only once it has the one before; notes how far ahead the client is.
   */
  private static final class SlowReceiver extends Receiver {
    private final ServerCallStreamObserver<UploadDocumentResponse> responses;
    private final Endless source;
    private final AtomicLong ahead;
    private long received;

    SlowReceiver(
        ServerCallStreamObserver<UploadDocumentResponse> responses,
        Endless source,
        AtomicLong ahead) {
      this.responses = responses;
      this.source = source;
      this.ahead = ahead;
    }

    @Override
    public void onNext(UploadDocumentRequest message) {
      received += message.getBlock().getData().size();
      ahead.accumulateAndGet(source.given.get() - received, Math::max);
      if (message.hasCommit()) {
        UploadDocumentResponse.Builder response = UploadDocumentResponse.newBuilder();
        response.getReceiptBuilder().setAdded(received == TOTAL ? 1 : 0);
        responses.onNext(response.build());
        responses.onCompleted();
      }
      responses.request(1);
    }
  }

  /** A disk that went away. */
  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the disk is gone");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return read();
    }
  }

  /** Many bytes that take no room. */
  private static final class Endless extends InputStream {
    final AtomicLong given = new AtomicLong();
    private final long total;

    Endless(long total) {
      this.total = total;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("bytes are asked for in bulk");
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int count = (int) Math.min(length, total - given.get());
      Arrays.fill(target, offset, offset + count, (byte) 'x');
      given.addAndGet(count);
      return count == 0 ? -1 : count;
    }
  }
}
