package dev.ragline.client;

import com.google.protobuf.UnsafeByteOperations;
import dev.ragline.v1.ContentBlock;
import dev.ragline.v1.IngestServiceGrpc;
import dev.ragline.v1.UploadCommit;
import dev.ragline.v1.UploadDocumentRequest;
import dev.ragline.v1.UploadDocumentResponse;
import dev.ragline.v1.UploadHeader;
import io.grpc.CallOptions;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One upload: blocks are read and sent as fast as the server takes them, and no further once it has
 * answered. The server's own answer is what the caller gets, also when it comes before the end.
 */
final class Upload {
  static final int BLOCK_BYTES = 128 * 1024;

  private final Calls calls;
  private final CallOptions options;
  private final Receiver receiver = new Receiver();
  private final CompletableFuture<UploadDocumentResponse> answer = new CompletableFuture<>();

  private Upload(Calls calls, CallOptions options) {
    this.calls = calls;
    this.options = options;
  }

  static UploadDocumentResponse run(
      Calls calls, CallOptions options, UploadHeader header, InputStream content)
      throws IOException {
    return new Upload(calls, options).run(header, content);
  }

  private UploadDocumentResponse run(UploadHeader header, InputStream content) throws IOException {
    ClientCallStreamObserver<UploadDocumentRequest> requests =
        (ClientCallStreamObserver<UploadDocumentRequest>)
            ClientCalls.asyncClientStreamingCall(
                calls.channel().newCall(IngestServiceGrpc.getUploadDocumentMethod(), options),
                receiver);
    boolean sent = false;
    try {
      send(requests, header, content);
      sent = true;
      return answer.get();
    } catch (InterruptedException e) {
      sent = false;
      Thread.currentThread().interrupt();
      throw RagClientException.cancelled("interrupted while uploading");
    } catch (ExecutionException | CompletionException e) {
      throw calls.translate(e.getCause() == null ? e : e.getCause());
    } finally {
      if (!sent && !answer.isDone()) {
        requests.cancel("the upload was given up", null);
      }
    }
  }

  private void send(
      ClientCallStreamObserver<UploadDocumentRequest> requests,
      UploadHeader header,
      InputStream content)
      throws IOException, InterruptedException {
    MessageDigest digest = sha256();
    requests.onNext(UploadDocumentRequest.newBuilder().setHeader(header).build());
    long size = 0;
    while (awaitReady(requests)) {
      byte[] bytes = content.readNBytes(BLOCK_BYTES);
      if (bytes.length == 0) {
        requests.onNext(commit(size, digest));
        requests.onCompleted();
        return;
      }
      digest.update(bytes);
      requests.onNext(block(size, bytes));
      size += bytes.length;
    }
  }

  /** Waits until more can be sent; false when the server has already answered. */
  private boolean awaitReady(ClientCallStreamObserver<UploadDocumentRequest> requests)
      throws InterruptedException {
    synchronized (receiver) {
      while (!answer.isDone() && !requests.isReady()) {
        receiver.wait();
      }
    }
    return !answer.isDone();
  }

  private static UploadDocumentRequest block(long offset, byte[] bytes) {
    return UploadDocumentRequest.newBuilder()
        .setBlock(
            ContentBlock.newBuilder()
                .setOffset(offset)
                .setData(UnsafeByteOperations.unsafeWrap(bytes))) // nobody else holds the array
        .build();
  }

  private static UploadDocumentRequest commit(long size, MessageDigest digest) {
    return UploadDocumentRequest.newBuilder()
        .setCommit(
            UploadCommit.newBuilder()
                .setSize(size)
                .setSha256(HexFormat.of().formatHex(digest.digest())))
        .build();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private final class Receiver
      implements ClientResponseObserver<UploadDocumentRequest, UploadDocumentResponse> {
    private @Nullable UploadDocumentResponse last;

    @Override
    public void beforeStart(ClientCallStreamObserver<UploadDocumentRequest> requests) {
      requests.setOnReadyHandler(this::wake);
    }

    @Override
    public void onNext(UploadDocumentResponse response) {
      last = response; // the status that follows decides
    }

    @Override
    public void onError(Throwable failure) {
      answer.completeExceptionally(failure);
      wake();
    }

    @Override
    public void onCompleted() {
      UploadDocumentResponse response = last;
      if (response == null) {
        answer.completeExceptionally(
            RagClientException.protocol("the server ended the upload without a response"));
      } else {
        answer.complete(response);
      }
      wake();
    }

    private synchronized void wake() {
      notifyAll();
    }
  }
}
