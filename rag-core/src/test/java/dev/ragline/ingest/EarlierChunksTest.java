package dev.ragline.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.analysis.LanguageDetector;
import dev.ragline.call.Call;
import dev.ragline.document.Chunk;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.MediaType;
import dev.ragline.document.Sha256;
import dev.ragline.parsing.StandardDocumentParser;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.EmbeddedChunk;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.testing.TestCorpora;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents that an earlier version wrote, whose chunks have no reading. */
class EarlierChunksTest {
  private static final CorpusId CORPUS = new CorpusId("docs");
  private static final DocumentId DOCUMENT = new DocumentId("a.md");
  private static final String PLAIN = "# Plain\n\nThese words read as they stand.\n\n";
  private static final String MARKED = "# Marked\n\nThese are *marked* by [a link](https://x.y).\n";

  @TempDir Path folder;
  private final FakeEmbedder embedder = new FakeEmbedder();
  private LuceneChunkStore store;
  private Ingestor ingestor;

  @BeforeEach
  void open() {
    store = LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    TestCorpora.create(store, embedder, CORPUS);
    ingestor =
        new Ingestor(
            store,
            embedder,
            new StandardDocumentParser(),
            new LanguageDetector(),
            clock,
            new IngestConfig(5000),
            TestExecution.SHARED);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void ingest_sameBytes_areReadAnewAndEmbeddedOnlyWhereTheyReadOtherwise() {
    IngestResult first = ingest(PLAIN + MARKED);
    writeAsBefore(first.document(), PLAIN + MARKED);
    assertThat(readings()).containsOnlyNulls();
    int calls = embedder.calls().size();

    IngestResult anew = ingest(PLAIN + MARKED);

    assertThat(anew.receipt()).isEqualTo(new Receipt(0, 1, 1, 0, 1));
    assertThat(embedder.calls().subList(calls, embedder.calls().size()))
        .containsExactly(List.of("Plain\nMarked\n\nThese are marked by a link."));
    assertThat(readings()).doesNotContainNull();
    assertThat(anew.document().etag()).isNotEqualTo(first.document().etag());
  }

  @Test
  void ingest_sameBytesThatReadTheSame_areWrittenOnceWithoutEmbedding() {
    writeAsBefore(ingest(PLAIN).document(), PLAIN);
    int calls = embedder.calls().size();

    IngestResult anew = ingest(PLAIN);

    assertThat(anew.receipt()).isEqualTo(new Receipt(0, 0, 1, 0, 0));
    assertThat(embedder.calls()).hasSize(calls);
    assertThat(readings()).doesNotContainNull();
    assertThat(ingest(PLAIN).document()).isEqualTo(anew.document());
  }

  private IngestResult ingest(String content) {
    return ingestor.ingest(
        CORPUS,
        new Upload(DOCUMENT, MediaType.MARKDOWN, null, "", "file:a", "", content.getBytes(UTF_8)),
        Call.UNLIMITED);
  }

  /** Without readings, and embedded as it is written. */
  private void writeAsBefore(Document document, String content) {
    List<EmbeddedChunk> before = chunks().stream().map(EarlierChunksTest::asBefore).toList();
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      store.replaceDocument(
          snapshot.corpus(),
          new DocumentRevision(document, content.getBytes(UTF_8), before),
          Call.UNLIMITED);
    }
  }

  private static EmbeddedChunk asBefore(EmbeddedChunk embedded) {
    Chunk chunk = embedded.chunk();
    Chunk before =
        new Chunk(chunk.id(), chunk.revision(), chunk.text(), chunk.range(), chunk.headingPath());
    boolean plain = chunk.text().contains("as they stand");
    return new EmbeddedChunk(
        before, plain ? embedded.embeddedDigest() : Sha256.of(chunk.text()), embedded.vectors());
  }

  private List<EmbeddedChunk> chunks() {
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      return snapshot.embeddedChunks(DOCUMENT);
    }
  }

  private Stream<Object> readings() {
    return chunks().stream().map(it -> it.chunk().reading());
  }
}
