package dev.ragline.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.Metric;
import dev.ragline.document.RagException;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.CorpusStats;
import dev.ragline.store.Revisions;
import dev.ragline.store.WholeDocuments;
import dev.ragline.testing.TestExecution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded store does with a folder that is not as it left it, and with being closed. */
class LuceneStoreFailuresTest {
  private static final CorpusId CORPUS = new CorpusId("docs");

  @TempDir Path folder;

  private LuceneChunkStore open() {
    return LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
  }

  private LuceneChunkStore filled() {
    LuceneChunkStore store = open();
    store.createCorpus(Corpora.of(CORPUS.value()));
    store.replaceDocument(CORPUS, Revisions.of("doc", "text"), Call.UNLIMITED);
    return store;
  }

  private static void assertFails(ErrorCode code, String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RagException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.reason()).isEqualTo(reason);
            });
  }

  @Test
  void open_folderIsAFile_saysSoByTheNameGiven() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "mine");
    assertFails(
        ErrorCode.FAILED_PRECONDITION,
        "STORE_FOLDER",
        () -> LuceneChunkStore.open(new LuceneStoreConfig(file), TestExecution.SHARED));
    assertThatThrownBy(
            () -> LuceneChunkStore.open(new LuceneStoreConfig(file), TestExecution.SHARED))
        .hasMessageContaining(file + " is not a folder");
    assertThat(file).hasContent("mine");
  }

  @Test
  void open_layoutOfAnotherVersion_isRefused() throws IOException {
    open().close();
    Files.writeString(folder.resolve("layout"), "2\n");
    assertFails(ErrorCode.FAILED_PRECONDITION, "STORE_LAYOUT", this::open);
    Files.writeString(folder.resolve("layout"), "1\n");
    open().close();
  }

  @Test
  void open_leftoversOfACrash_areRemoved() throws IOException {
    filled().close();
    Path corpora = folder.resolve("corpora");
    Files.createDirectories(corpora.resolve("~new-1/index"));
    Files.writeString(corpora.resolve("~new-1/index/segments_1"), "half");
    Files.move(corpora.resolve("docs"), corpora.resolve("~gone-1"));
    try (LuceneChunkStore store = open()) {
      assertThat(store.corpora(null, 9)).isEmpty();
      assertThat(corpora).isEmptyDirectory();
    }
  }

  @Test
  void everyCall_afterClose_isUnavailable() {
    LuceneChunkStore store = filled();
    CorpusSnapshot open = store.snapshot(CORPUS);
    store.close();
    store.close();
    assertThat(WholeDocuments.read(open)).hasSize(1);
    open.close();
    open.close();
    assertThat(store.isServing()).isFalse();
    assertFails(ErrorCode.UNAVAILABLE, "STORE_CLOSED", () -> store.snapshot(CORPUS).close());
    assertFails(ErrorCode.UNAVAILABLE, "STORE_CLOSED", () -> store.corpora(null, 1));
    assertFails(
        ErrorCode.UNAVAILABLE, "STORE_CLOSED", () -> store.createCorpus(Corpora.of("other")));
    assertFails(
        ErrorCode.UNAVAILABLE,
        "STORE_CLOSED",
        () -> store.deleteDocument(CORPUS, new DocumentId("doc"), Call.UNLIMITED));
  }

  @Test
  void closeIdle_openSnapshot_staysReadableAndTheNextUseOpensAgain() {
    try (LuceneChunkStore store = filled();
        CorpusSnapshot before = store.snapshot(CORPUS)) {
      store.closeIdle(Duration.ZERO);
      assertThat(WholeDocuments.read(before)).hasSize(1);
      store.replaceDocument(CORPUS, Revisions.of("doc2", "more"), Call.UNLIMITED);
      store.closeIdle(Duration.ZERO);
      try (CorpusSnapshot after = store.snapshot(CORPUS)) {
        assertThat(after.stats()).isEqualTo(new CorpusStats(2, 2));
      }
    }
  }

  @Test
  void replaceDocument_wideVectors_areFound() {
    int dimension = 3072;
    try (LuceneChunkStore store = open()) {
      CorpusId id = new CorpusId("wide");
      store.createCorpus(Corpora.of("wide", Metric.COSINE, dimension));
      store.replaceDocument(
          id,
          Revisions.of("d", List.of(), t -> Revisions.vector(t, dimension), "a", "b", "c"),
          Call.UNLIMITED);
      try (CorpusSnapshot snapshot = store.snapshot(id)) {
        CandidateQuery query = CandidateQuery.byVector(Revisions.vector("b", dimension), 1);
        assertThat(snapshot.search(query).dense())
            .singleElement()
            .satisfies(c -> assertThat(c.chunk().text()).isEqualTo("b"));
      }
    }
  }
}
