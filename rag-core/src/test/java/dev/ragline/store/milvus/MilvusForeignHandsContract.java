package dev.ragline.store.milvus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.analysis.LanguageDetector;
import dev.ragline.call.Call;
import dev.ragline.document.Chunking;
import dev.ragline.document.Consistency;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.MediaType;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.Metric;
import dev.ragline.document.RagException;
import dev.ragline.ingest.IngestConfig;
import dev.ragline.ingest.Ingestor;
import dev.ragline.ingest.Receipt;
import dev.ragline.ingest.Upload;
import dev.ragline.parsing.StandardDocumentParser;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import dev.ragline.store.Revisions;
import dev.ragline.store.WholeDocuments;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.testing.TestExecution;
import dev.ragline.testing.milvus.MilvusServer;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import io.milvus.v2.service.collection.request.ReleaseCollectionReq;
import io.milvus.v2.service.index.request.DropIndexReq;
import io.milvus.v2.service.utility.request.CreateAliasReq;
import io.milvus.v2.service.utility.request.DescribeAliasReq;
import io.milvus.v2.service.utility.request.DropAliasReq;
import io.milvus.v2.service.vector.request.DeleteReq;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Somebody else who drops and makes collections in the same Milvus. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
abstract class MilvusForeignHandsContract {
  private static final CorpusId CORPUS = new CorpusId("docs");

  final MilvusServer server;
  final MilvusStoreConfig config;
  private final String alias;
  MilvusChunkStore store;

  MilvusForeignHandsContract(MilvusServer server) {
    this.server = server;
    this.config = MilvusStores.config(server);
    this.alias = new Names(config.prefix()).alias(CORPUS);
  }

  @BeforeEach
  void fill() {
    store = MilvusChunkStore.open(config, TestExecution.SHARED);
    store.createCorpus(Corpora.of(CORPUS.value()));
    write(store);
    search(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static void write(MilvusChunkStore store) {
    String _ = store.replaceDocument(CORPUS, Revisions.of("doc", "text", "more"), Call.UNLIMITED);
  }

  private static void search(MilvusChunkStore store) {
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(snapshot.search(new CandidateQuery(Revisions.vector("text"), "text", 5)).dense())
          .hasSize(2);
    }
  }

  private static void read(MilvusChunkStore store) {
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS, Freshness.STRONG, Call.UNLIMITED)) {
      assertThat(snapshot.chunks(new DocumentId("doc"), 0, 9)).hasSize(2);
    }
  }

  static RagException assertFails(String reason, Runnable call) {
    RagException e = catchThrowableOfType(RagException.class, call::run);
    assertThat(e).isNotNull();
    assertThat(e.reason()).as(e + " by " + e.getCause()).isEqualTo(reason);
    assertThat(e.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
    return e;
  }

  /** Drops the corpus's collection and returns its name. */
  private String drop() {
    return server.ask(
        client -> {
          String name =
              client
                  .describeAlias(DescribeAliasReq.builder().alias(alias).build())
                  .getCollectionName();
          client.dropAlias(DropAliasReq.builder().alias(alias).build());
          client.dropCollection(DropCollectionReq.builder().collectionName(name).build());
          return name;
        });
  }

  private void assertDeletable() {
    store.deleteCorpus(CORPUS, c -> {});
    assertThat(store.corpora(null, 9)).isEmpty();
    store.createCorpus(Corpora.of(CORPUS.value()));
    write(store);
    search(store);
  }

  @Test
  void ingest_rowsDeleted_writesTheDocumentWholeAgain() {
    FakeEmbedder embedder = new FakeEmbedder();
    InstantSource clock = InstantSource.system();
    CorpusId id = new CorpusId("ingested");
    var _ =
        new dev.ragline.corpus.Corpora(store, embedder, clock)
            .create(
                id,
                "",
                Metric.COSINE,
                Chunking.DEFAULT,
                Consistency.STRONG,
                null,
                MetadataSchema.EMPTY);
    Ingestor ingestor =
        new Ingestor(
            store,
            embedder,
            new StandardDocumentParser(),
            new LanguageDetector(),
            clock,
            new IngestConfig(999),
            TestExecution.SHARED);
    byte[] content = "# One\n\nIt is.\n\n# Two\n\nThey are.\n".getBytes(UTF_8);
    DocumentId document = new DocumentId("doc");
    Upload upload = new Upload(document, MediaType.MARKDOWN, null, "", "", "", content);
    Receipt first = ingestor.ingest(id, upload, Call.UNLIMITED).receipt();
    assertThat(first.added()).isEqualTo(2);
    deleteChunks(id);

    Receipt second = ingestor.ingest(id, upload, Call.UNLIMITED).receipt();

    assertThat(second.embedded()).isEqualTo(2);
    try (CorpusSnapshot snapshot = store.snapshot(id)) {
      assertThat(snapshot.chunks(document, 0, 9)).hasSize(2);
      assertThat(snapshot.embeddedChunks(document)).hasSize(2);
    }
    assertThat(ingestor.ingest(id, upload, Call.UNLIMITED).receipt().unchanged()).isEqualTo(2);
  }

  private void deleteChunks(CorpusId id) {
    String name = new Names(config.prefix()).alias(id);
    server.ask(
        client ->
            client.delete(
                DeleteReq.builder()
                    .collectionName(name)
                    .filter(ChunkRows.ID + " != \"\"")
                    .build()));
  }

  @Test
  void everyCall_collectionDropped_saysSoAndTheCorpusCanBeDeleted() {
    CorpusSnapshot before = store.snapshot(CORPUS);
    String name = drop();
    List<Runnable> calls =
        List.of(
            () -> before.chunks(new DocumentId("doc"), 0, 9),
            () -> before.search(CandidateQuery.byVector(Revisions.vector("text"), 5)),
            () -> search(store),
            () -> read(store),
            () -> write(store),
            () -> store.updateCorpus(CORPUS, c -> c));
    for (Runnable call : calls) {
      assertThat(assertFails("COLLECTION_MISSING", call)).hasMessageContaining(name);
    }
    try (MilvusChunkStore fresh = MilvusChunkStore.open(config, TestExecution.SHARED)) {
      assertFails("COLLECTION_MISSING", () -> search(fresh));
      assertFails("COLLECTION_MISSING", () -> write(fresh));
    }
    assertDeletable();
  }

  @Test
  void everyCall_collectionReplacedByOneOfAnotherDimension_namesBoth() {
    try (MilvusChunkStore open = MilvusChunkStore.open(config, TestExecution.SHARED)) {
      search(open);
      String name = drop();
      server.ask(
          client -> {
            client.createCollection(
                CreateCollectionReq.builder()
                    .collectionName(name)
                    .dimension(5)
                    .metricType("IP")
                    .build());
            client.createAlias(CreateAliasReq.builder().collectionName(name).alias(alias).build());
            return name;
          });
      List<Runnable> calls =
          List.of(() -> search(store), () -> write(open), () -> search(open), () -> write(store));
      for (Runnable call : calls) {
        assertThat(assertFails("COLLECTION_MISMATCH", call))
            .hasMessageContaining("dimension 5")
            .hasMessageContaining(" has 8");
      }
    }
    assertDeletable();
  }

  @Test
  void everyCall_registryMadeByAServerThatEndedInTheMiddle_isFinished() {
    String registry = new Names(config.prefix()).registry();
    server.ask(
        client -> {
          client.releaseCollection(ReleaseCollectionReq.builder().collectionName(registry).build());
          client.dropIndex(
              DropIndexReq.builder()
                  .collectionName(registry)
                  .fieldName(Registry.VECTOR)
                  .indexName(Registry.VECTOR)
                  .build());
          return registry;
        });
    try (MilvusChunkStore fresh = MilvusChunkStore.open(config, TestExecution.SHARED);
        CorpusSnapshot snapshot = fresh.snapshot(CORPUS)) {
      assertThat(WholeDocuments.read(snapshot)).hasSize(1);
    }
  }
}
