package dev.ragline.server.grpc;

import com.google.common.util.concurrent.MoreExecutors;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import dev.ragline.ingest.IngestResult;
import dev.ragline.ingest.Ingestor;
import dev.ragline.ingest.Upload;
import dev.ragline.server.grpc.UploadAssembly.UploadStart;
import dev.ragline.v1.UploadDocumentRequest;
import dev.ragline.v1.UploadDocumentResponse;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One upload: collects its messages, then has the document written. It takes one of the server's
 * places for uploads with its header, because from then on it may hold a document in memory.
 */
final class UploadObserver implements StreamObserver<UploadDocumentRequest> {
  private final Ingestor ingestor;
  private final Calls calls;
  private final ServerCallStreamObserver<UploadDocumentResponse> response;
  private final UploadAssembly assembly;
  private final Semaphore places;
  private final AtomicBoolean holdsPlace = new AtomicBoolean();
  private @Nullable CorpusId corpus;
  private boolean over;

  UploadObserver(
      Ingestor ingestor,
      Calls calls,
      StreamObserver<UploadDocumentResponse> observer,
      UploadAssembly assembly,
      Semaphore places) {
    this.ingestor = ingestor;
    this.calls = calls;
    this.response = calls.prepare(observer);
    this.assembly = assembly;
    this.places = places;
    Context.current().addListener(this::ended, MoreExecutors.directExecutor());
  }

  @Override
  public synchronized void onNext(UploadDocumentRequest request) {
    if (over) {
      return;
    }
    try {
      switch (request.getMessageCase()) {
        case HEADER -> begin(assembly.header(request.getHeader()));
        case BLOCK -> assembly.block(request.getBlock());
        case COMMIT -> assembly.commit(request.getCommit());
        case MESSAGE_NOT_SET -> throw RagException.invalid("message", "is empty");
      }
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void begin(UploadStart start) {
    if (!places.tryAcquire()) {
      throw new RagException(
          ErrorCode.RESOURCE_EXHAUSTED,
          "TOO_MANY_UPLOADS",
          "too many uploads at once",
          new ErrorDetail.Retry(Duration.ofSeconds(1)));
    }
    holdsPlace.set(true);
    CorpusId target = start.document().corpus();
    corpus = target;
    belowHeader(
        () -> {
          ingestor.requireWritable(target, start.metadata());
          return true;
        });
  }

  @Override
  public synchronized void onCompleted() {
    if (over) {
      return;
    }
    try {
      Upload upload = assembly.complete();
      calls.answer(response, call -> ingest(upload, call));
      over = true;
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private UploadDocumentResponse ingest(Upload upload, Call call) {
    CorpusId target = corpus;
    if (target == null) {
      throw new IllegalStateException("an upload is complete only after its header");
    }
    try {
      IngestResult result = belowHeader(() -> ingestor.ingest(target, upload, call));
      return UploadDocumentResponse.newBuilder()
          .setDocument(DocumentMapping.toProto(target, result.document()))
          .setReceipt(DocumentMapping.toProto(result))
          .build();
    } finally {
      leave();
    }
  }

  /** Metadata are what a core refuses that came in the header, and not with the content. */
  private static <T> T belowHeader(Supplier<T> work) {
    return Fields.renaming(work, field -> field.startsWith("metadata") ? "header." + field : field);
  }

  @Override
  public synchronized void onError(Throwable cancelled) {
    over = true;
    leave();
  }

  /** A client that sends nothing more is not waited for beyond the call's deadline. */
  private synchronized void ended(Context context) {
    if (!over && Calls.hasTimedOut(context)) {
      fail(Calls.late());
    }
  }

  private void fail(RuntimeException failure) {
    over = true;
    leave();
    response.onError(Statuses.of(failure));
  }

  private void leave() {
    if (holdsPlace.compareAndSet(true, false)) {
      places.release();
    }
  }
}
