package dev.ragline.store.milvus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
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
import dev.ragline.store.CorpusFault;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.CorpusStats;
import dev.ragline.store.Freshness;
import dev.ragline.store.Revisions;
import dev.ragline.store.StoredCorpus;
import dev.ragline.store.WholeDocuments;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.testing.TestExecution;
import dev.ragline.testing.milvus.MilvusServer;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import io.milvus.v2.service.collection.request.ReleaseCollectionReq;
import io.milvus.v2.service.index.request.DropIndexReq;
import io.milvus.v2.service.utility.request.CreateAliasReq;
import io.milvus.v2.service.utility.request.DescribeAliasReq;
import io.milvus.v2.service.utility.request.DropAliasReq;
import io.milvus.v2.service.vector.request.DeleteReq;
import io.milvus.v2.service.vector.request.QueryReq;
import io.milvus.v2.service.vector.request.UpsertReq;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
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
    // Null where what opens it was skipped.
    if (store != null) {
      store.close();
    }
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
  void list_collectionDropped_isBrokenAndTheOthersAreCounted() {
    CorpusId other = new CorpusId("other");
    store.createCorpus(Corpora.of(other.value()));
    String name = drop();
    List<StoredCorpus> listed = store.list(null, 9);
    assertThat(listed).extracting(StoredCorpus::id).containsExactly(CORPUS, other);
    assertThat(listed.getFirst())
        .isInstanceOfSatisfying(
            StoredCorpus.Broken.class,
            broken -> assertThat(broken.fault().description()).contains(name));
    assertThat(listed.getLast().requireActive().stats()).isEqualTo(new CorpusStats(0, 0));
    assertThat(store.corpus(CORPUS)).isInstanceOf(StoredCorpus.Broken.class);
    store.deleteCorpus(other, c -> {});
    assertDeletable();
  }

  @Test
  void list_corpusThatThisServerDoesNotRead_isCountedWithoutOpeningIt() {
    try (MilvusChunkStore fresh = MilvusChunkStore.open(config, TestExecution.SHARED)) {
      assertThat(fresh.list(null, 9))
          .singleElement()
          .extracting(corpus -> corpus.requireActive().stats())
          .isEqualTo(new CorpusStats(1, 2));
    }
  }

  @Test
  void everyCall_aliasLost_isSetAgain() {
    server.ask(
        client -> {
          client.dropAlias(DropAliasReq.builder().alias(alias).build());
          return alias;
        });
    try (MilvusChunkStore fresh = MilvusChunkStore.open(config, TestExecution.SHARED)) {
      search(fresh);
      write(fresh);
    }
    write(store);
    String found =
        server.ask(
            client ->
                client
                    .describeAlias(DescribeAliasReq.builder().alias(alias).build())
                    .getCollectionName());
    assertThat(found).startsWith(alias);
  }

  /** Changes the row of the corpus's settings as whoever writes past the store may. */
  private void changeSettings(UnaryOperator<String> change) {
    String registry = new Names(config.prefix()).registry();
    server.ask(
        client -> {
          Row row =
              client
                  .query(
                      QueryReq.builder()
                          .collectionName(registry)
                          .filter(
                              Registry.is(Registry.NAME, CORPUS.value())
                                  + " and "
                                  + Registry.in(Registry.Kind.CORPUS))
                          .outputFields(Registry.FIELDS)
                          .consistencyLevel(ConsistencyLevel.STRONG)
                          .build())
                  .getQueryResults()
                  .stream()
                  .map(result -> new Row(result.getEntity()))
                  .findFirst()
                  .orElseThrow();
          JsonObject changed = new JsonObject();
          for (String field : Registry.FIELDS) {
            if (field.equals(Registry.TIME) || field.equals(Registry.BEGAN)) {
              changed.addProperty(field, row.number(field));
            } else {
              changed.addProperty(field, row.text(field));
            }
          }
          String before = row.text(Registry.DATA);
          String after = change.apply(before);
          assertThat(after).isNotEqualTo(before);
          changed.addProperty(Registry.DATA, after);
          JsonArray nothing = new JsonArray();
          nothing.add(0f);
          nothing.add(1f);
          changed.add(Registry.VECTOR, nothing);
          return client.upsert(
              UpsertReq.builder().collectionName(registry).data(List.of(changed)).build());
        });
  }

  @Test
  void list_settingsDamagedOrOfALaterVersion_areToldAndRefusedAndDeletable() {
    changeSettings(data -> data.replace("\"version\":1", "\"version\":9"));
    assertBroken(CorpusFault.OTHER_VERSION, "version 9");
    changeSettings(data -> data.substring(0, data.length() / 2));
    assertBroken(CorpusFault.BROKEN, "damaged");
    try (MilvusChunkStore fresh = MilvusChunkStore.open(config, TestExecution.SHARED)) {
      fresh.deleteCorpus(CORPUS, c -> assertThat(c).isEmpty());
      assertThat(fresh.list(null, 9)).isEmpty();
      fresh.createCorpus(Corpora.of(CORPUS.value()));
      write(fresh);
      search(fresh);
    }
  }

  private void assertBroken(String reason, String description) {
    try (MilvusChunkStore fresh = MilvusChunkStore.open(config, TestExecution.SHARED)) {
      CorpusId other = new CorpusId("zoo");
      fresh.createCorpus(Corpora.of(other.value()));
      assertThat(fresh.list(null, 9)).extracting(StoredCorpus::id).containsExactly(CORPUS, other);
      assertThat(fresh.corpus(CORPUS))
          .isEqualTo(fresh.list(null, 1).getFirst())
          .isInstanceOfSatisfying(
              StoredCorpus.Broken.class,
              broken -> assertThat(broken.fault().description()).contains(description));
      assertFails(reason, () -> search(fresh));
      assertFails(reason, () -> write(fresh));
      String _ = fresh.replaceDocument(other, Revisions.of("doc", "text"), Call.UNLIMITED);
      fresh.deleteCorpus(other, c -> {});
    }
  }

  @Test
  void updateCorpus_fieldsOfALaterVersion_stay() {
    changeSettings(
        data -> data.replace("\"version\":1", "\"version\":1,\"owner\":{\"team\":\"search\"}"));
    try (MilvusChunkStore fresh = MilvusChunkStore.open(config, TestExecution.SHARED)) {
      var _ = fresh.updateCorpus(CORPUS, corpus -> corpus.renamed("New name", "etag-2"));
    }
    String registry = new Names(config.prefix()).registry();
    List<String> rows =
        server.ask(
            client ->
                client
                    .query(
                        QueryReq.builder()
                            .collectionName(registry)
                            .filter(Registry.in(Registry.Kind.CORPUS))
                            .outputFields(List.of(Registry.KEY, Registry.DATA))
                            .consistencyLevel(ConsistencyLevel.STRONG)
                            .build())
                    .getQueryResults()
                    .stream()
                    .map(result -> new Row(result.getEntity()).text(Registry.DATA))
                    .toList());
    assertThat(rows)
        .anyMatch(row -> row.contains("New name") && row.contains("\"team\":\"search\""));
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
