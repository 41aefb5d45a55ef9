package dev.ragline.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import dev.ragline.document.Sha256;
import dev.ragline.v1.ContentBlock;
import dev.ragline.v1.IngestServiceGrpc;
import dev.ragline.v1.UploadCommit;
import dev.ragline.v1.UploadDocumentRequest;
import dev.ragline.v1.UploadDocumentResponse;
import dev.ragline.v1.UploadHeader;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An upload whose every message is up to the test. */
final class UploadCall {
  private static final int LONGEST_SECONDS = 30;

  private final CompletableFuture<UploadDocumentResponse> answer = new CompletableFuture<>();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final ClientCallStreamObserver<UploadDocumentRequest> requests;

  UploadCall(Channel channel) {
    this(IngestServiceGrpc.newStub(channel));
  }

  /** With the options of a stub, such as a deadline. */
  UploadCall(IngestServiceGrpc.IngestServiceStub stub) {
    this.requests =
        (ClientCallStreamObserver<UploadDocumentRequest>) stub.uploadDocument(new Receiver());
  }

  UploadCall header(String document) {
    return header(UploadHeader.newBuilder().setDocument(document).build());
  }

  UploadCall header(UploadHeader header) {
    return send(UploadDocumentRequest.newBuilder().setHeader(header).build());
  }

  UploadCall block(long offset, byte[] data) {
    sent.writeBytes(data);
    ContentBlock block =
        ContentBlock.newBuilder().setOffset(offset).setData(ByteString.copyFrom(data)).build();
    return send(UploadDocumentRequest.newBuilder().setBlock(block).build());
  }

  /** All of the content in one block where it belongs; none for empty content. */
  UploadCall blocks(String content) {
    return content.isEmpty() ? this : block(sent.size(), content.getBytes(UTF_8));
  }

  /** The commit that fits what was sent. */
  UploadCall commit() {
    return commit(sent.size(), Sha256.of(sent.toByteArray()).hex());
  }

  UploadCall commit(long size, String digest) {
    UploadCommit commit = UploadCommit.newBuilder().setSize(size).setSha256(digest).build();
    return send(UploadDocumentRequest.newBuilder().setCommit(commit).build());
  }

  UploadCall send(UploadDocumentRequest request) {
    requests.onNext(request);
    return this;
  }

  /** Ends the stream and gives the response. */
  UploadDocumentResponse finish() {
    requests.onCompleted();
    return await();
  }

  /** The response or failure that comes without the stream's end. */
  UploadDocumentResponse await() {
    try {
      return answer.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StatusRuntimeException status) {
        throw status;
      }
      throw e;
    }
  }

  /** Whether the server has answered. */
  boolean isDone() {
    return answer.isDone();
  }

  void cancel() {
    requests.cancel("the test gives up", null);
  }

  private final class Receiver
      implements ClientResponseObserver<UploadDocumentRequest, UploadDocumentResponse> {
    private @Nullable UploadDocumentResponse last;

    @Override
    public void beforeStart(ClientCallStreamObserver<UploadDocumentRequest> stream) {}

    @Override
    public void onNext(UploadDocumentResponse response) {
      last = response;
    }

    @Override
    public void onError(Throwable failure) {
      answer.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      UploadDocumentResponse response = last;
      if (response == null) {
        answer.completeExceptionally(new AssertionError("OK without a response"));
      } else {
        answer.complete(response);
      }
    }
  }
}
