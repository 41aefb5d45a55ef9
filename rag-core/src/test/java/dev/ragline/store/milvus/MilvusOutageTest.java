package dev.ragline.store.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import dev.ragline.store.Revisions;
import dev.ragline.store.WholeDocuments;
import dev.ragline.store.milvus.Steps.Step;
import dev.ragline.testing.TestExecution;
import dev.ragline.testing.milvus.Milvus;
import dev.ragline.testing.milvus.MilvusServer;
import dev.ragline.testing.milvus.TcpProxy;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A Milvus that is away, hangs, or goes away in the middle of something. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class MilvusOutageTest {
  private static final CorpusId CORPUS = new CorpusId("docs");
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final CandidateQuery QUESTION =
      new CandidateQuery(Revisions.vector("text"), "text", 5);

  private final MilvusServer server = Milvus.lite();
  private final TcpProxy proxy = TcpProxy.to(server.address());
  private final MilvusStoreConfig config =
      MilvusStores.brief(URI.create(proxy.address()), MilvusStores.newPrefix());
  private volatile Steps steps = Steps.UNHEARD;
  private MilvusChunkStore store;

  @BeforeEach
  void open() {
    store = MilvusChunkStore.open(config, step -> steps.done(step), TestExecution.SHARED);
  }

  @AfterEach
  void close() {
    // Null where what opens it was skipped.
    if (store != null && proxy != null) {
      store.close();
      proxy.close();
    }
  }

  private void fill() {
    store.createCorpus(Corpora.of(CORPUS.value()));
    write(Call.UNLIMITED, "text");
  }

  private void write(Call call, String... texts) {
    String _ = store.replaceDocument(CORPUS, Revisions.of("doc", texts), call);
  }

  private void search(Call call) {
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS, Freshness.DEFAULT, call)) {
      assertThat(snapshot.search(QUESTION).dense()).isNotEmpty();
    }
  }

  private void readStrongly(Call call) {
    store.snapshot(CORPUS, Freshness.STRONG, call).close();
  }

  private void assertShows(String content) {
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS, Freshness.STRONG, Call.UNLIMITED)) {
      assertThat(WholeDocuments.read(snapshot))
          .containsExactly(Map.entry(new DocumentId("doc"), content));
    }
  }

  private static RagException assertFails(ErrorCode code, ThrowingCallable call) {
    RagException e = catchThrowableOfType(RagException.class, call);
    assertThat(e).isNotNull();
    assertThat(e.code()).as(e.toString()).isEqualTo(code);
    return e;
  }

  private void awaitServing() {
    while (!store.isServing()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  @Test
  void open_serverDown_saysSoUntilItComesAndThenWorks() {
    proxy.cut();
    for (int i = 0; i < 8; i++) {
      RagException e = assertFails(ErrorCode.UNAVAILABLE, () -> store.snapshot(CORPUS).close());
      assertThat(e.reason()).isEqualTo("STORE_UNAVAILABLE");
      assertThat(e).hasMessageContaining("Milvus at " + config.uri().getAuthority());
      assertThat(store.isServing()).isFalse();
    }
    proxy.heal();
    awaitServing();
    fill();
    assertShows("text");
  }

  @Test
  void replaceDocument_cutAfterAnyStep_isUnavailableAndCanBeRepeated() {
    fill();
    for (Step step : EnumSet.of(Step.INTENT_WRITTEN, Step.CHUNKS_WRITTEN, Step.CONTENT_WRITTEN)) {
      steps =
          done -> {
            if (done == step) {
              proxy.cut();
            }
          };
      assertFails(ErrorCode.UNAVAILABLE, () -> write(Call.UNLIMITED, "after " + step, "more"));
      steps = Steps.UNHEARD;
      proxy.heal();
      awaitServing();
      assertShows(step == Step.INTENT_WRITTEN ? "text" : "new");
      write(Call.UNLIMITED, "new");
      assertShows("new");
    }
    MilvusRows.awaitNothingElse(server, config, store);
  }

  @Test
  void replaceDocument_cutAtAnyTime_leavesNothingTwice() throws Exception {
    fill();
    AtomicBoolean done = new AtomicBoolean();
    Thread cutter =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; !done.get(); i++) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20 + i * 7 % 60));
                    proxy.cut();
                    proxy.heal();
                  }
                });
    String last = "";
    for (int i = 0; i < 8; i++) {
      last = "write " + i;
      writeUntilDone(last);
    }
    done.set(true);
    cutter.join();
    awaitServing();
    assertShows(last);
    MilvusRows.awaitNothingElse(server, config, store);
  }

  private void writeUntilDone(String text) {
    while (true) {
      try {
        write(Call.UNLIMITED, text);
        return;
      } catch (RagException e) {
        assertThat(e.code()).as(e.toString()).isEqualTo(ErrorCode.UNAVAILABLE);
      }
    }
  }

  /** A call that would otherwise end when the call times out, ends by its deadline. */
  @Test
  void everyCall_serverHangs_endsByItsDeadline() {
    fill();
    readStrongly(Call.UNLIMITED);
    proxy.hang();
    List<ThrowingCallable> calls =
        List.of(
            () -> search(Call.within(SHORT)),
            () -> readStrongly(Call.within(SHORT)),
            () -> write(Call.within(SHORT), "late"),
            () -> store.deleteDocument(CORPUS, new DocumentId("doc"), Call.within(SHORT)));
    for (ThrowingCallable call : calls) {
      long start = System.nanoTime();
      assertFails(ErrorCode.DEADLINE_EXCEEDED, call);
      requireSoon(start);
    }
    proxy.heal();
    awaitServing();
    assertShows("text");
    MilvusRows.awaitNothingElse(server, config, store);
  }

  @Test
  void everyCall_anotherWaitsForAServerThatHangs_endsByItsOwnDeadline() {
    proxy.hang();
    CompletableFuture<Void> first = CompletableFuture.runAsync(() -> store.corpora(null, 1));
    await().until(() -> proxy.connections() > 0);
    long start = System.nanoTime();
    assertFails(ErrorCode.DEADLINE_EXCEEDED, () -> search(Call.within(SHORT)));
    requireSoon(start);
    assertThat(first).isNotDone();
    proxy.heal();
    first.join();
  }

  private void requireSoon(long start) {
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(took).isLessThan(config.callTimeout().dividedBy(5));
  }

  @Test
  void everyCall_interruptedWhileTheServerHangs_isCancelled() throws Exception {
    fill();
    readStrongly(Call.UNLIMITED);
    proxy.hang();
    List<Runnable> calls =
        List.of(
            () -> search(Call.UNLIMITED),
            () -> readStrongly(Call.UNLIMITED),
            () -> write(Call.UNLIMITED, "lost"),
            () -> store.deleteDocument(CORPUS, new DocumentId("doc"), Call.UNLIMITED));
    for (Runnable call : calls) {
      CompletableFuture<RagException> failure = new CompletableFuture<>();
      Thread caller =
          Thread.ofVirtual()
              .start(() -> failure.complete(catchThrowableOfType(RagException.class, call::run)));
      await()
          .until(
              () ->
                  caller.getState() != Thread.State.RUNNABLE
                      && caller.getState() != Thread.State.NEW);
      caller.interrupt();
      RagException e =
          failure.get(config.callTimeout().dividedBy(5).toMillis(), TimeUnit.MILLISECONDS);
      assertThat(e.code()).as(e.toString()).isEqualTo(ErrorCode.CANCELLED);
      caller.join();
    }
    proxy.heal();
    awaitServing();
    assertShows("text");
    MilvusRows.awaitNothingElse(server, config, store);
  }

  @Test
  void everyCall_serverIsSlow_takesItsTime() {
    proxy.delay(Duration.ofMillis(30));
    fill();
    search(Call.within(Duration.ofSeconds(30)));
    assertShows("text");
  }

  @Test
  void snapshot_storeIsClosed_isUnavailable() {
    fill();
    store.close();
    assertFails(
        ErrorCode.UNAVAILABLE,
        () -> store.snapshot(CORPUS, Freshness.STRONG, Call.UNLIMITED).close());
  }
}
