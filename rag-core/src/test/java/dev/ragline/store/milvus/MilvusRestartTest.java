package dev.ragline.store.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.Freshness;
import dev.ragline.store.Revisions;
import dev.ragline.store.WholeDocuments;
import dev.ragline.testing.TestExecution;
import dev.ragline.testing.milvus.MilvusLite;
import dev.ragline.testing.milvus.MilvusServer;
import dev.ragline.testing.milvus.MilvusStandalone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A Milvus that is killed under a store, and comes back without its collections in memory. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class MilvusRestartTest {
  private static final CorpusId CORPUS = new CorpusId("docs");
  private static final int AT_ONCE = 8;
  private static final DocumentId DOCUMENT = new DocumentId("doc");

  @Test
  void everyCall_liteKilledAndRestarted_worksAgain() {
    try (MilvusServer server = MilvusLite.started()) {
      assertSurvives(server);
    }
  }

  @Test
  void everyCall_standaloneKilledAndRestarted_worksAgain() {
    try (MilvusServer server = MilvusStandalone.started(false)) {
      assertSurvives(server);
    }
  }

  /** Each round begins a new log, which is where what is written at the same time may be lost. */
  @Test
  void replaceDocument_manyAtOnceAndLiteKilled_keepsAllThatWasAcknowledged() throws Exception {
    try (MilvusServer server = MilvusLite.started();
        MilvusChunkStore store =
            MilvusChunkStore.open(MilvusStores.config(server), TestExecution.SHARED)) {
      List<CorpusId> corpora = IntStream.range(0, 5).mapToObj(i -> new CorpusId("c" + i)).toList();
      for (CorpusId corpus : corpora) {
        store.createCorpus(Corpora.of(corpus.value()));
        writeAtOnce(store, corpus);
      }
      server.kill();
      server.restart();
      for (CorpusId corpus : corpora) {
        repeatedly(() -> assertThat(readable(store, corpus)).isEqualTo(AT_ONCE));
      }
    }
  }

  private static void writeAtOnce(MilvusChunkStore store, CorpusId corpus) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> writes = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        DocumentRevision revision = Revisions.of("doc" + i, "text", "text " + i);
        writes.add(threads.submit(() -> store.replaceDocument(corpus, revision, Call.UNLIMITED)));
      }
      for (Future<?> write : writes) {
        write.get();
      }
    }
  }

  private static int readable(MilvusChunkStore store, CorpusId corpus) {
    try (CorpusSnapshot snapshot = store.snapshot(corpus, Freshness.STRONG, Call.UNLIMITED)) {
      return WholeDocuments.read(snapshot).size();
    }
  }

  private static void assertSurvives(MilvusServer server) {
    MilvusStoreConfig config = MilvusStores.config(server);
    try (MilvusChunkStore reading = MilvusChunkStore.open(config, TestExecution.SHARED);
        MilvusChunkStore writing = MilvusChunkStore.open(config, TestExecution.SHARED)) {
      reading.createCorpus(Corpora.of(CORPUS.value()));
      String token = write(reading, "before");
      read(reading, Freshness.STRONG, "before");
      write(writing, "before");

      server.kill();
      assertUnavailable(() -> write(writing, "lost"));
      assertUnavailable(() -> read(reading, Freshness.STRONG, "before"));
      assertThat(reading.isServing()).isFalse();
      server.restart();

      repeatedly(() -> read(reading, Freshness.of(token), "before"));
      repeatedly(() -> write(writing, "after"));
      repeatedly(() -> read(reading, Freshness.STRONG, "after"));
      repeatedly(() -> assertThat(reading.corpora(null, 9)).hasSize(1));
      assertThat(reading.isServing()).isTrue();
      try (MilvusChunkStore fresh = MilvusChunkStore.open(config, TestExecution.SHARED)) {
        read(fresh, Freshness.of(token), "after");
      }
    }
  }

  private static String write(MilvusChunkStore store, String text) {
    return store.replaceDocument(CORPUS, Revisions.of("doc", text), Call.UNLIMITED);
  }

  private static void read(MilvusChunkStore store, Freshness freshness, String content) {
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS, freshness, Call.UNLIMITED)) {
      assertThat(WholeDocuments.read(snapshot)).containsExactly(Map.entry(DOCUMENT, content));
      CandidateQuery question = CandidateQuery.byVector(Revisions.vector(content), 3);
      assertThat(snapshot.search(question).dense())
          .extracting(found -> found.chunk().text())
          .containsExactly(content);
    }
  }

  private static void assertUnavailable(Runnable call) {
    RagException e = catchThrowableOfType(RagException.class, call::run);
    assertThat(e.code()).as(e.toString()).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  /** A server that answers again may not have all its parts yet. */
  private static void repeatedly(Runnable call) {
    while (true) {
      try {
        call.run();
        return;
      } catch (RagException e) {
        assertThat(e.code()).as(e + " by " + e.getCause()).isEqualTo(ErrorCode.UNAVAILABLE);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      }
    }
  }
}
