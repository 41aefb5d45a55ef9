package dev.ragline.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.analysis.LanguageDetector;
import dev.ragline.call.Call;
import dev.ragline.document.Chunking;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.MediaType;
import dev.ragline.document.RagException;
import dev.ragline.embedding.Embedder;
import dev.ragline.parsing.StandardDocumentParser;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.testing.ForwardingStore;
import dev.ragline.testing.HeldEmbedder;
import dev.ragline.testing.TestCorpora;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do while a document is on its way. */
class IngestInterplayTest {
  private static final CorpusId CORPUS = new CorpusId("docs");
  private static final DocumentId DOCUMENT = new DocumentId("a.md");
  private static final String HELD = "# A\n\nThis is held.\n\n# B\n\nMore of it.\n";

  @TempDir Path folder;
  private final HeldEmbedder embedder = new HeldEmbedder("held");
  private LuceneChunkStore store;
  private Ingestor ingestor;

  @BeforeEach
  void open() {
    store = LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
    createCorpus(Chunking.DEFAULT);
    ingestor = ingestor(embedder, IngestConfig.DEFAULT);
  }

  @AfterEach
  void close() {
    embedder.release();
    store.close();
  }

  private void createCorpus(Chunking chunking) {
    TestCorpora.create(store, embedder, CORPUS, chunking);
  }

  private Ingestor ingestor(Embedder model, IngestConfig config) {
    return new Ingestor(
        store,
        model,
        new StandardDocumentParser(),
        new LanguageDetector(),
        InstantSource.system(),
        config,
        TestExecution.SHARED);
  }

  private static Upload upload(DocumentId id, String content, String etag) {
    return new Upload(id, MediaType.MARKDOWN, null, "", "", etag, content.getBytes(UTF_8));
  }

  private IngestResult ingest(DocumentId id, String content, String etag) {
    return ingestor.ingest(CORPUS, upload(id, content, etag), Call.UNLIMITED);
  }

  private CompletableFuture<IngestResult> held(String etag) throws Exception {
    CompletableFuture<IngestResult> result =
        CompletableFuture.supplyAsync(
            () -> ingest(DOCUMENT, HELD, etag), task -> Thread.ofVirtual().start(task));
    embedder.awaitBegun();
    return result;
  }

  private static RagException failure(CompletableFuture<IngestResult> ingest) {
    CompletionException failure = catchThrowableOfType(CompletionException.class, ingest::join);
    return (RagException) Objects.requireNonNull(failure.getCause());
  }

  @Test
  void ingest_corpusIsMadeAnewMeanwhile_isAbortedAndLandsNowhere() throws Exception {
    CompletableFuture<IngestResult> result = held("");
    store.deleteCorpus(CORPUS, approved -> {});
    createCorpus(new Chunking.Separator("@"));
    embedder.release();
    RagException failure = failure(result);
    assertThat(failure.code()).isEqualTo(ErrorCode.ABORTED);
    assertThat(failure.reason()).isEqualTo("CORPUS_REPLACED");
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(snapshot.documents(null, 9)).isEmpty();
    }
  }

  @Test
  void ingest_corpusIsDeletedMeanwhile_isNotFound() throws Exception {
    CompletableFuture<IngestResult> result = held("");
    store.deleteCorpus(CORPUS, approved -> {});
    embedder.release();
    assertThat(failure(result).reason()).isEqualTo("CORPUS_NOT_FOUND");
  }

  @Test
  void ingest_otherDocumentsWhileOneIsHeld_allGoOn() throws Exception {
    CompletableFuture<IngestResult> result = held("");
    // So many that some would share a lock if documents shared locks by their hashes.
    for (int i = 0; i < 200; i += 4) {
      assertThat(ingest(new DocumentId("other-" + i), "Text " + i, "").receipt().added())
          .isEqualTo(1);
    }
    assertThat(result).isNotDone();
    embedder.release();
    assertThat(result.join().receipt().added()).isEqualTo(2);
  }

  @Test
  void ingest_sameDocumentWhileItIsHeld_goesOnAndTheLastWriterWins() throws Exception {
    CompletableFuture<IngestResult> result = held("");
    assertThat(ingest(DOCUMENT, "Something else.", "").receipt().added()).isEqualTo(1);
    embedder.release();
    var last = result.join().document();
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(snapshot.document(DOCUMENT)).contains(last);
    }
  }

  @Test
  void ingest_etagIsOfAnotherStateByTheWrite_isAborted() throws Exception {
    String etag = ingest(DOCUMENT, "First.", "").document().etag();
    CompletableFuture<IngestResult> result = held(etag);
    var second = ingest(DOCUMENT, "Second.", "").document();
    embedder.release();
    assertThat(failure(result).reason()).isEqualTo("ETAG_MISMATCH");
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(snapshot.document(DOCUMENT)).contains(second);
    }
  }

  @Test
  void ingest_writeFails_sameBytesAgainEmbedNothing() {
    FakeEmbedder model = new FakeEmbedder();
    ingestor = ingestor(model, IngestConfig.DEFAULT);
    String content = "@@@ One passage.\n@@@ Another passage.\n@@@ A third one.\n";
    // Prepared for a corpus that is gone when it is to be written.
    Ingestor unlucky =
        new Ingestor(
            new Deleting(store),
            model,
            new StandardDocumentParser(),
            new LanguageDetector(),
            InstantSource.system(),
            IngestConfig.DEFAULT,
            TestExecution.SHARED);
    assertThatThrownBy(() -> unlucky.ingest(CORPUS, upload(DOCUMENT, content, ""), Call.UNLIMITED))
        .isInstanceOf(RagException.class);
    assertThat(model.calls()).hasSize(1);
    createCorpus(Chunking.DEFAULT);
    Receipt again = unlucky.ingest(CORPUS, upload(DOCUMENT, content, ""), Call.UNLIMITED).receipt();
    assertThat(again.added()).isPositive();
    assertThat(again.embedded()).isZero();
    assertThat(model.calls()).hasSize(1);
  }

  /** Deletes the corpus before the first write. */
  private static final class Deleting extends ForwardingStore {
    private boolean done;

    Deleting(LuceneChunkStore store) {
      super(store);
    }

    @Override
    public String replaceDocument(Corpus corpus, DocumentRevision revision, Call call) {
      if (!done) {
        done = true;
        deleteCorpus(corpus.id(), approved -> {});
      }
      return super.replaceDocument(corpus, revision, call);
    }
  }

  @Test
  void ingest_moreChunksThanAllowed_isRefusedWithWhatToDo() {
    store.deleteCorpus(CORPUS, approved -> {});
    createCorpus(new Chunking.Separator(" "));
    FakeEmbedder model = new FakeEmbedder();
    ingestor = ingestor(model, new IngestConfig(1 << 24, 100));
    assertThat(ingest(DOCUMENT, "word ".repeat(100), "").receipt().added()).isEqualTo(100);
    RagException failure =
        catchThrowableOfType(
            RagException.class, () -> ingest(DOCUMENT, "word ".repeat(3_000_000), ""));
    assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(failure)
        .hasMessageContaining("more than 100 chunks")
        .hasMessageContaining("ingest.max-chunks");
    assertThat(model.calls()).as("nothing is embedded of what is refused").hasSize(1);
  }

  @Test
  void ingest_manyChunks_areEmbeddedInWindows() {
    FakeEmbedder model = new FakeEmbedder();
    ingestor = ingestor(model, IngestConfig.DEFAULT);
    StringBuilder content = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      content.append("# Part ").append(i).append("\n\nText ").append(i).append(".\n\n");
    }
    assertThat(ingest(DOCUMENT, content.toString(), "").receipt().embedded()).isEqualTo(1000);
    assertThat(model.calls()).extracting(List::size).allMatch(size -> size <= 64);
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(snapshot.chunks(DOCUMENT, 998, 9)).hasSize(2);
      assertThat(snapshot.embeddedDigests(DOCUMENT))
          .isEqualTo(
              snapshot.embeddedChunks(DOCUMENT).stream().map(c -> c.embeddedDigest()).toList());
    }
  }
}
