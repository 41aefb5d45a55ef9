package dev.ragline.server.grpc;

import dev.ragline.call.Call;
import dev.ragline.call.Priority;
import dev.ragline.document.CorpusId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.Metadata;
import dev.ragline.document.RagException;
import dev.ragline.execution.Timer;
import dev.ragline.ingest.IngestMemory;
import dev.ragline.ingest.IngestResult;
import dev.ragline.ingest.Upload;
import dev.ragline.server.grpc.UploadAssembly.UploadStart;
import dev.ragline.v1.UploadDocumentRequest;
import dev.ragline.v1.UploadDocumentResponse;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One upload: collects its messages, then has the document written. It takes one of the server's
 * places for uploads when it holds bytes, and asks for the next message when there is memory for
 * it. gRPC's callbacks come here one at a time; they and all others only change the state, and
 * whoever ends the upload first is the one that answers.
 */
final class UploadObserver implements StreamObserver<UploadDocumentRequest> {
  private final Uploads uploads;
  private final ServerCallStreamObserver<UploadDocumentResponse> response;
  private final UploadAssembly assembly;
  private final IngestMemory.Share memory;
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
  private final AtomicBoolean holdsPlace = new AtomicBoolean();
  private final CompletableFuture<Upload> content = new CompletableFuture<>();
  private @Nullable CorpusId corpus;

  /** When a message was asked for, in {@link System#nanoTime()}. */
  private volatile long asked;

  /** Whether it is the client's turn. */
  private volatile boolean listening;

  private volatile Timer.Scheduled silence = () -> {};

  private enum State {
    /** Messages come. */
    OPEN,
    /** All of them are there, the document is written. */
    COMPLETE,
    OVER
  }

  UploadObserver(Uploads uploads, StreamObserver<UploadDocumentResponse> observer) {
    this.uploads = uploads;
    this.response = uploads.calls().prepare(observer);
    this.assembly = new UploadAssembly(uploads.limits().maxDocumentBytes());
    this.memory = uploads.memory().share();
  }

  /** Asks for the first message; must happen before gRPC's first callback returns. */
  UploadObserver begin() {
    response.disableAutoRequest();
    Context.current().addListener(this::ended, uploads.execution().callbacks());
    listen();
    watchSilence(uploads.silence());
    return this;
  }

  private void listen() {
    asked = System.nanoTime();
    listening = true;
    response.request(1);
  }

  private void watchSilence(Duration after) {
    silence = uploads.execution().timer().after("upload-silence", after, this::checkSilence);
    if (state.get() != State.OPEN) {
      silence.cancel();
    }
  }

  private void checkSilence() {
    if (state.get() != State.OPEN) {
      return;
    }
    Duration silent = listening ? Duration.ofNanos(System.nanoTime() - asked) : Duration.ZERO;
    Duration left = uploads.silence().minus(silent);
    if (left.isPositive()) {
      watchSilence(left);
    } else {
      fail(
          new RagException(
              ErrorCode.DEADLINE_EXCEEDED,
              "UPLOAD_SILENT",
              "no message came for " + uploads.silence().toSeconds() + " s"));
    }
  }

  @Override
  public void onNext(UploadDocumentRequest request) {
    listening = false;
    if (state.get() != State.OPEN) {
      return;
    }
    try {
      switch (request.getMessageCase()) {
        case HEADER -> {
          checkBeside(assembly.header(request.getHeader()));
          listen();
        }
        case BLOCK -> {
          assembly.block(request.getBlock());
          takePlace();
          memory.add(request.getBlock().getData().size(), this::listen);
        }
        case COMMIT -> {
          assembly.commit(request.getCommit());
          takePlace();
          putTogetherBeside();
          listen();
        }
        case MESSAGE_NOT_SET -> throw RagException.invalid("message", "is empty");
      }
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void takePlace() {
    if (!holdsPlace.get()) {
      uploads.takePlace();
      holdsPlace.set(true);
      if (state.get() == State.OVER) {
        leave();
      }
    }
  }

  /** Refuses early what would be refused in the end, while content comes in. */
  private void checkBeside(UploadStart start) {
    CorpusId target = start.document().corpus();
    corpus = target;
    uploads
        .calls()
        .beside(
            "upload-check",
            call -> {
              try {
                boolean _ = requireWritable(target, start.metadata(), call);
              } catch (RuntimeException | Error e) {
                failBeside(e);
              }
            });
  }

  private boolean requireWritable(CorpusId target, Metadata metadata, Call call) {
    return belowHeader(
        () -> {
          uploads.ingestor().requireWritable(target, metadata, call);
          return true;
        });
  }

  private void putTogetherBeside() {
    uploads
        .calls()
        .beside(
            "upload-content",
            call -> {
              try {
                content.complete(putTogether(call));
              } catch (RuntimeException | Error e) {
                content.completeExceptionally(e);
                failBeside(e);
              }
            });
  }

  private Upload putTogether(Call call) {
    return uploads.execution().compute().run("read", call.at(Priority.BATCH), assembly::complete);
  }

  /** Fails the upload for what was found out beside it, unless its call is over anyway. */
  private void failBeside(Throwable failure) {
    if (!Context.current().isCancelled()) {
      fail(failure);
    }
  }

  @Override
  public void onCompleted() {
    if (!assembly.isCommitted()) {
      fail(RagException.invalid("commit", "the stream ended without it"));
    } else if (state.compareAndSet(State.OPEN, State.COMPLETE)) {
      silence.cancel();
      uploads.calls().answer(response, this::ingest);
    }
  }

  private UploadDocumentResponse ingest(Call call) {
    CorpusId target = corpus;
    if (target == null) {
      throw new IllegalStateException("an upload is complete only after its header");
    }
    try {
      Upload upload = content(call);
      IngestResult result =
          belowHeader(() -> uploads.ingestor().ingest(target, upload, memory, call));
      return UploadDocumentResponse.newBuilder()
          .setDocument(DocumentMapping.toProto(target, result.document()))
          .setReceipt(DocumentMapping.toProto(result))
          .addAllWarnings(RetrievalMapping.warnings(result.warnings()))
          .build();
    } finally {
      state.set(State.OVER);
      leave();
    }
  }

  /** All of it; it ends when the call does. */
  private Upload content(Call call) {
    try {
      return content.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      call.check("the content is read");
      throw new IllegalStateException("interrupted without a cause", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("the content could not be read", e.getCause());
    }
  }

  /** Metadata are what a core refuses that came in the header, and not with the content. */
  private static <T> T belowHeader(Supplier<T> work) {
    return Fields.renaming(work, field -> field.startsWith("metadata") ? "header." + field : field);
  }

  @Override
  public void onError(Throwable cancelled) {
    if (state.compareAndSet(State.OPEN, State.OVER)) {
      leave();
    }
  }

  /** A client that sends nothing more is not waited for beyond the call's deadline. */
  private void ended(Context context) {
    if (Calls.hasTimedOut(context)) {
      fail(Calls.late());
    }
  }

  /** Ends the upload while messages come; later its own work does. */
  private void fail(Throwable failure) {
    if (state.compareAndSet(State.OPEN, State.OVER)) {
      leave();
      response.onError(Statuses.of(failure));
    }
  }

  private void leave() {
    silence.cancel();
    if (holdsPlace.compareAndSet(true, false)) {
      uploads.leavePlace();
    }
    memory.close();
  }
}
