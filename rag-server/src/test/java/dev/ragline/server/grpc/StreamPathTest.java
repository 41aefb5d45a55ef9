package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.admission.Admission;
import dev.ragline.admission.AdmissionLimits;
import dev.ragline.admission.AdmittedAnswerer;
import dev.ragline.alignment.SentenceAligner;
import dev.ragline.answering.StreamingAnswerer;
import dev.ragline.answering.extractive.ExtractiveWriter;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.retrieval.Retriever;
import dev.ragline.server.answers.AnswerArchive;
import dev.ragline.server.answers.AnswerLogs;
import dev.ragline.server.config.AnswersConfig;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.testing.TestExecution;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.StreamAskResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way from a streamed question to its first event, as it is drawn in RATIONALE.md. */
class StreamPathTest {
  @TempDir Path folder;

  /** What of ours is on the stack, the outermost first, each class once. */
  private static List<String> stops() {
    List<String> stops =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .map(StackWalker.StackFrame::getClassName)
                        .filter(name -> name.startsWith("dev.ragline."))
                        .map(name -> name.replaceAll(".*\\.|\\$.*", ""))
                        .filter(name -> !name.equals("StreamPathTest"))
                        .toList());
    int asked = stops.lastIndexOf("AskGrpcService");
    return stops.subList(0, asked + 1).reversed().stream().distinct().toList();
  }

  /** A caller that notes on which way its first event came. */
  private static final class Caller extends ServerCallStreamObserver<StreamAskResponse> {
    final CompletableFuture<List<String>> way = new CompletableFuture<>();
    final CompletableFuture<Thread> thread = new CompletableFuture<>();

    @Override
    public void onNext(StreamAskResponse response) {
      way.complete(stops());
      thread.complete(Thread.currentThread());
    }

    @Override
    public void onError(Throwable failure) {
      way.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {}

    @Override
    public void setOnReadyHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}
  }

  @Test
  void streamAsk_firstEvent_comesInEightStopsOnTheCallsOwnThread() {
    try (ChunkStore store =
        LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED)) {
      Retriever retriever =
          (corpus, question, spec, call) -> {
            throw new RagException(ErrorCode.UNAVAILABLE, "NONE", "comes after the first event");
          };
      AnswerLogs logs =
          new AnswerLogs(
              AnswersConfig.DEFAULT,
              AnswerArchive.NONE,
              InstantSource.system(),
              System::nanoTime,
              Statuses::describe,
              TestExecution.SHARED);
      AskGrpcService service =
          new AskGrpcService(
              retriever,
              new AdmittedAnswerer(
                  new StreamingAnswerer(
                      retriever,
                      new ExtractiveWriter(TestExecution.SHARED.compute()),
                      new SentenceAligner(new FakeEmbedder(), store, TestExecution.SHARED),
                      System::nanoTime),
                  new Admission(AdmissionLimits.NONE)),
              new AnswerCalls(logs, store),
              new Calls(TestExecution.SHARED));
      Caller caller = new Caller();

      service.streamAsk(
          StreamAskRequest.newBuilder().setCorpus("corpora/c").setQuestion("Why?").build(), caller);

      assertThat(caller.way.orTimeout(30, TimeUnit.SECONDS).join())
          .containsExactly(
              "AskGrpcService",
              "AdmittedAnswerer",
              "StreamingAnswerer",
              "Answering",
              "EventDraft",
              "AnswerLog",
              "AnswerSubscription",
              "EventStream");
      assertThat(caller.thread.join().getName()).isEqualTo("call");
    }
  }
}
