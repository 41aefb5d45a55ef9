package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.ragline.answering.Answer;
import dev.ragline.answering.AnswerEvent;
import dev.ragline.answering.AnswerId;
import dev.ragline.answering.AnswerSpec;
import dev.ragline.answering.Answerer;
import dev.ragline.answering.Usage;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Sha256;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Revisions;
import dev.ragline.v1.AskServiceGrpc;
import dev.ragline.v1.GetDocumentContentRequest;
import dev.ragline.v1.IngestServiceGrpc;
import dev.ragline.v1.StreamAskRequest;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader that does not read holds its own stream's work back, and nothing piles up. */
class FlowControlTest {
  private static final int PIECE_BYTES = 64 << 10;

  /** Two windows of the test's channel and what the server's transport holds, in pieces. */
  private static final int MOST_AHEAD = 8;

  @TempDir Path folder;
  private final AtomicInteger produced = new AtomicInteger();
  private final AtomicReference<@Nullable Thread> producer = new AtomicReference<>();

  /** A reader that takes what it asks for and no more. */
  private static final class Reader<Q, R> implements ClientResponseObserver<Q, R> {
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final BlockingQueue<R> arrived = new LinkedBlockingQueue<>();
    private @Nullable ClientCallStreamObserver<Q> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> stream) {
      stream.disableAutoRequestWithInitial(1);
      call = stream;
    }

    void request(int count) {
      if (call != null) {
        call.request(count);
      }
    }

    R next() throws InterruptedException {
      R next = arrived.poll(30, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing arrived");
      }
      return next;
    }

    @Override
    public void onNext(R message) {
      arrived.add(message);
    }

    @Override
    public void onError(Throwable failure) {
      ended.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      ended.complete(true);
    }
  }

  /** Produces as fast as it is let. */
  private Answerer flood(int events) {
    String text = "x".repeat(PIECE_BYTES);
    return (CorpusId corpus,
        String question,
        AnswerSpec spec,
        Call call,
        Consumer<AnswerEvent> sink) -> {
      producer.set(Thread.currentThread());
      AnswerId id = AnswerId.random(corpus);
      for (int i = 0; i < events; i++) {
        produced.incrementAndGet();
        sink.accept(
            new AnswerEvent(
                id, i, Duration.ZERO, new AnswerEvent.TextDelta(text, (long) i * PIECE_BYTES)));
      }
      return new Answer(
          id,
          Answer.State.COMPLETE,
          "",
          List.of(),
          List.of(),
          List.of(),
          null,
          "m",
          Usage.NONE,
          List.of(),
          List.of(),
          null,
          null,
          null);
    };
  }

  /** Waits until the producer waits for the reader, or has nothing left to produce. */
  private int awaitHeldBack() {
    int before = -1;
    for (int still = 0; still < 50; ) {
      Thread thread = producer.get();
      boolean resting =
          thread != null
              && (thread.getState() == Thread.State.TIMED_WAITING
                  || thread.getState() == Thread.State.TERMINATED);
      still = resting && produced.get() == before ? still + 1 : 0;
      before = produced.get();
      LockSupport.parkNanos(1_000_000);
    }
    return before;
  }

  private <R extends Message> void requireHeldBack(Reader<?, R> reader, int total)
      throws Exception {
    var _ = reader.next();
    assertThat(awaitHeldBack()).as("produced for one message read").isBetween(1, MOST_AHEAD);
    for (int read = 1; read <= 20; read++) {
      reader.request(1);
      var _ = reader.next();
      assertThat(produced.get()).isLessThanOrEqualTo(read + 1 + MOST_AHEAD);
    }
    assertThat(awaitHeldBack()).isBetween(21, 21 + MOST_AHEAD);
    assertThat(reader.ended).isNotDone();
    reader.request(Integer.MAX_VALUE);
    assertThat(reader.ended.orTimeout(60, TimeUnit.SECONDS).join()).isTrue();
    assertThat(reader.arrived).hasSize(total - 21);
    assertThat(produced).hasValue(total);
  }

  @Test
  void streamAsk_readerThatPauses_pausesTheAnswerer() throws Exception {
    int total = 400;
    Reader<StreamAskRequest, dev.ragline.v1.StreamAskResponse> reader = new Reader<>();
    try (TestServer server = TestServer.in(folder).withAnswerer(flood(total)).start()) {
      AskServiceGrpc.newStub(server.channel())
          .streamAsk(
              StreamAskRequest.newBuilder().setCorpus("corpora/c").setQuestion("q").build(),
              reader);
      requireHeldBack(reader, total);
    }
  }

  @Test
  void getDocumentContent_readerThatPauses_pausesTheStore() throws Exception {
    byte[] content = new byte[16 << 20];
    new SplittableRandom(1).nextBytes(content);
    Reader<GetDocumentContentRequest, dev.ragline.v1.GetDocumentContentResponse> reader =
        new Reader<>();
    try (TestServer server = TestServer.in(folder).withStore(this::counting).start()) {
      server.createCorpus("c");
      server
          .store()
          .replaceDocument(
              new CorpusId("c"), Revisions.ofContent("large", content), Call.UNLIMITED);
      IngestServiceGrpc.newStub(server.channel())
          .getDocumentContent(
              GetDocumentContentRequest.newBuilder().setName("corpora/c/documents/large").build(),
              reader);
      requireHeldBack(reader, content.length / PIECE_BYTES);
      MessageDigest rest = Sha256.newDigest();
      reader.arrived.forEach(piece -> rest.update(piece.getBlock().getData().toByteArray()));
      int skipped = 21 * PIECE_BYTES;
      assertThat(Sha256.finish(rest))
          .isEqualTo(Sha256.of(content, skipped, content.length - skipped));
    }
  }

  /** The store, with the pieces of content counted that its snapshots hand out. */
  private ChunkStore counting(ChunkStore store) {
    return around(ChunkStore.class, store);
  }

  private <T> T around(Class<T> type, T target) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getName().equals("content")) {
                producer.set(Thread.currentThread());
                arguments[2] = counting((CorpusSnapshot.ContentSink) arguments[2]);
              }
              try {
                Object result = method.invoke(target, arguments);
                return result instanceof CorpusSnapshot snapshot
                    ? around(CorpusSnapshot.class, snapshot)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(proxy);
  }

  private CorpusSnapshot.ContentSink counting(CorpusSnapshot.ContentSink sink) {
    return (offset, data) -> {
      produced.incrementAndGet();
      sink.accept(offset, data);
    };
  }
}
