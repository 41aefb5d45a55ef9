package dev.ragline.store.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.call.Call;
import dev.ragline.document.Consistency;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import dev.ragline.store.Revisions;
import dev.ragline.store.WholeDocuments;
import dev.ragline.testing.TestExecution;
import dev.ragline.testing.milvus.MilvusServer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Two servers' stores on one Milvus; each test has a corpus of its own. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MilvusReplicasContract {
  private static final int ROUNDS = 5;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  static final DocumentId DOCUMENT = new DocumentId("doc");

  final MilvusServer server;
  final MilvusStoreConfig config;
  CorpusId corpus;
  MilvusChunkStore one;
  MilvusChunkStore other;

  MilvusReplicasContract(MilvusServer server, MilvusStoreConfig config) {
    this.server = server;
    this.config = config;
  }

  /** All that the tests wrote, replaced and deleted leaves only what is there. */
  @AfterAll
  void awaitNothingElse() {
    try (MilvusChunkStore store = MilvusChunkStore.open(config, TestExecution.SHARED)) {
      MilvusRows.awaitNothingElse(server, config, store);
    }
  }

  @BeforeEach
  void open() {
    corpus = new CorpusId("c" + UUID.randomUUID().toString().substring(0, 8));
    one = MilvusChunkStore.open(config, TestExecution.SHARED);
    other = MilvusChunkStore.open(config, TestExecution.SHARED);
    one.createCorpus(Corpora.of(corpus.value()));
  }

  @AfterEach
  void close() {
    // Null where what opens it was skipped.
    if (one != null && other != null) {
      one.close();
      other.close();
    }
  }

  String write(MilvusChunkStore store, String... texts) {
    return store.replaceDocument(corpus, Revisions.of("doc", texts), Call.UNLIMITED);
  }

  Map<DocumentId, String> read(MilvusChunkStore store, Freshness freshness) {
    try (CorpusSnapshot snapshot = store.snapshot(corpus, freshness, Call.UNLIMITED)) {
      return WholeDocuments.read(snapshot);
    }
  }

  void assertShows(MilvusChunkStore store, Freshness freshness, String content) {
    assertThat(read(store, freshness)).containsExactly(Map.entry(DOCUMENT, content));
  }

  static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).as(e.toString()).isEqualTo(code));
  }

  @Test
  void replaceDocument_fromBothAtOnce_isOneWholeRevisionForBoth() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < ROUNDS; i++) {
        String[] few = {"round " + i};
        String[] many = Collections.nCopies(3, "round " + i + ", many").toArray(String[]::new);
        Future<String> first = threads.submit(() -> write(one, few));
        Future<String> second = threads.submit(() -> write(other, many));
        first.get();
        second.get();
        Map<DocumentId, String> shown = read(one, Freshness.STRONG);
        assertThat(shown).isEqualTo(read(other, Freshness.STRONG));
        assertThat(shown.get(DOCUMENT)).isIn(few[0], String.join("\n\n", many));
      }
    }
  }

  @Test
  void snapshot_afterTheOthersWrite_showsItByTokenAndWhenStrong() {
    for (int i = 0; i < ROUNDS; i++) {
      String token = write(one, "by token " + i);
      assertShows(other, Freshness.of(token), "by token " + i);
      write(other, "strong " + i);
      assertShows(one, Freshness.STRONG, "strong " + i);
    }
  }

  @Test
  void snapshot_afterTheOthersWrite_showsItSoonAtEveryLevel() {
    assertThat(read(other, Freshness.DEFAULT)).isEmpty();
    for (Consistency level : List.of(Consistency.SESSION, Consistency.BOUNDED)) {
      String text = "write " + level;
      write(one, text);
      Freshness freshness = new Freshness(level, "");
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (!Map.of(DOCUMENT, text).equals(read(other, freshness))
          && System.nanoTime() - end < 0) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
      assertShows(other, freshness, text);
    }
  }

  @Test
  void deleteCorpus_byTheOther_isNotFoundForEveryCall() {
    write(other, "text");
    one.deleteCorpus(corpus, c -> {});
    assertFails(ErrorCode.NOT_FOUND, () -> write(other, "lost"));
    assertFails(ErrorCode.NOT_FOUND, () -> other.deleteDocument(corpus, DOCUMENT, Call.UNLIMITED));
    assertFails(ErrorCode.NOT_FOUND, () -> read(other, Freshness.STRONG));
    assertFails(ErrorCode.NOT_FOUND, () -> other.updateCorpus(corpus, c -> c));
    assertFails(ErrorCode.NOT_FOUND, () -> other.deleteCorpus(corpus, c -> {}));
  }

  @Test
  void createCorpus_ofADeletedId_isWhatBothWorkOnAtOnce() {
    String before = write(other, "old");
    one.deleteCorpus(corpus, c -> {});
    one.createCorpus(Corpora.of(corpus.value()));
    assertShows(one, Freshness.of(write(other, "new")), "new");

    other.deleteCorpus(corpus, c -> {});
    other.createCorpus(Corpora.of(corpus.value()));
    assertThat(read(one, Freshness.STRONG)).isEmpty();

    one.deleteCorpus(corpus, c -> {});
    one.createCorpus(Corpora.of(corpus.value()));
    assertShows(other, Freshness.of(write(one, "newer")), "newer");
    assertFails(ErrorCode.INVALID_ARGUMENT, () -> read(other, Freshness.of(before)));

    one.deleteCorpus(corpus, c -> {});
    one.createCorpus(Corpora.of(corpus.value()));
    assertThat(other.deleteDocument(corpus, DOCUMENT, Call.UNLIMITED)).isEmpty();
  }
}
