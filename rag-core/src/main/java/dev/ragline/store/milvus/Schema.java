package dev.ragline.store.milvus;

import dev.ragline.call.Call;
import dev.ragline.document.Metric;
import dev.ragline.document.RagException;
import io.milvus.common.clientenum.FunctionType;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.common.DataType;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.common.IndexParam.IndexType;
import io.milvus.v2.common.IndexParam.MetricType;
import io.milvus.v2.exception.MilvusClientException;
import io.milvus.v2.service.collection.request.AddFieldReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq.CollectionSchema;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import io.milvus.v2.service.collection.request.LoadCollectionReq;
import io.milvus.v2.service.index.request.CreateIndexReq;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes collections: their fields, indexes, and that they are in memory. */
final class Schema {
  private static final Logger log = LoggerFactory.getLogger(Schema.class);

  private static final int KEY_BYTES = 128;
  private static final int ID_BYTES = 512;
  private static final int DIGEST_BYTES = 64;

  /** BM25 as the embedded store has it. */
  private static final Map<String, Object> BM25 = Map.of("bm25_k1", "1.2", "bm25_b", "0.75");

  private final MilvusConnection connection;

  Schema(MilvusConnection connection) {
    this.connection = connection;
  }

  private MilvusStoreConfig config() {
    return connection.config();
  }

  /** Makes the registry, unless it is there. */
  void ensureRegistry(String name, Call call) {
    CollectionSchema schema = MilvusClientV2.CreateSchema();
    add(schema, text(Registry.KEY, KEY_BYTES).isPrimaryKey(true).autoID(false));
    add(schema, text(Registry.KIND, 16));
    add(schema, text(Registry.CORPUS, 32));
    add(schema, text(Registry.NAME, ID_BYTES));
    add(schema, text(Registry.WRITER, 32));
    add(schema, field(Registry.TIME, DataType.Int64));
    add(schema, field(Registry.BEGAN, DataType.Int64));
    add(schema, text(Registry.DATA, ChunkRows.MAX_BYTES));
    add(schema, field(Registry.VECTOR, DataType.FloatVector).dimension(2));
    ensureShared(name, schema, Registry.VECTOR, call);
  }

  /** Makes the collection of contents, unless it is there. */
  void ensureContents(String name, Call call) {
    CollectionSchema schema = MilvusClientV2.CreateSchema();
    add(schema, text(ContentRows.KEY, KEY_BYTES).isPrimaryKey(true).autoID(false));
    add(schema, text(ContentRows.DATA, ChunkRows.MAX_BYTES));
    add(schema, field(ContentRows.VECTOR, DataType.FloatVector).dimension(2));
    ensureShared(name, schema, ContentRows.VECTOR, call);
  }

  private void ensureShared(String name, CollectionSchema schema, String vector, Call call) {
    if (!exists(name, call)) {
      try {
        create(name, "Ragline's own; not to be changed by others", schema, call);
      } catch (MilvusClientException e) {
        // Another server may have been faster.
        if (!exists(name, call)) {
          throw MilvusFailures.of("creating " + name, config().uri(), call, e);
        }
      }
    }
    IndexParam index =
        IndexParam.builder()
            .fieldName(vector)
            .indexName(vector)
            .indexType(IndexType.FLAT)
            .metricType(MetricType.L2)
            .build();
    // Also of one that is there: whoever made it may have ended before.
    try {
      index(name, index, call);
    } catch (RagException e) {
      // Milvus Lite refuses what it has already; without an index it is not loaded.
      log.debug("collection {} gets no index", name, e);
    }
    load(name, true, call);
  }

  private void load(String name, boolean wait, Call call) {
    try {
      load(connection, name, wait, call);
    } catch (MilvusClientException e) {
      throw MilvusFailures.of("loading " + name, config().uri(), call, e);
    }
  }

  /** Whether there is a collection, or an alias. */
  boolean exists(String name, Call call) {
    return connection.call(
        "looking for " + name,
        call,
        client ->
            client.hasCollection(
                HasCollectionReq.builder()
                    .databaseName(config().database())
                    .collectionName(name)
                    .build()));
  }

  /** Makes a corpus's collection; it must be new. */
  void createChunks(
      String name, String description, Metric metric, int dimension, boolean words, Call call) {
    CollectionSchema schema = MilvusClientV2.CreateSchema();
    schema.setEnableDynamicField(true);
    add(schema, text(ChunkRows.ID, KEY_BYTES).isPrimaryKey(true).autoID(false));
    add(schema, field(ChunkRows.VECTOR, DataType.FloatVector).dimension(dimension));
    add(schema, text(ChunkRows.SENTENCES, ChunkRows.MAX_BYTES));
    add(schema, text(ChunkRows.TEXT, ChunkRows.MAX_BYTES));
    add(schema, text(ChunkRows.DOCUMENT, ID_BYTES));
    add(schema, text(ChunkRows.REVISION, DIGEST_BYTES));
    add(schema, text(ChunkRows.WRITE, 32));
    add(schema, field(ChunkRows.ORDINAL, DataType.Int64));
    add(schema, field(ChunkRows.START, DataType.Int64));
    add(schema, field(ChunkRows.END, DataType.Int64));
    add(schema, field(ChunkRows.HEADING_PATH, DataType.JSON));
    add(schema, text(ChunkRows.DIGEST, DIGEST_BYTES));
    if (words) {
      add(
          schema,
          text(ChunkRows.WORDS, ChunkRows.MAX_BYTES)
              .enableAnalyzer(true)
              .analyzerParams(Map.of("tokenizer", "standard")));
      add(schema, field(ChunkRows.SPARSE, DataType.SparseFloatVector));
      schema.addFunction(
          CreateCollectionReq.Function.builder()
              .name("bm25")
              .functionType(FunctionType.BM25)
              .inputFieldNames(List.of(ChunkRows.WORDS))
              .outputFieldNames(List.of(ChunkRows.SPARSE))
              .build());
    }
    try {
      create(name, description, schema, call);
    } catch (MilvusClientException e) {
      throw MilvusFailures.of("creating " + name, config().uri(), call, e);
    }
    chunkIndexes(metric, words).forEach(index -> index(name, index, call));
    // Takes seconds, for which the first search waits, if it comes so soon.
    load(name, false, call);
  }

  /**
   * Checks that a corpus's collection is there and can hold its vectors; returns whether it is
   * searched by words.
   *
   * @throws RagException FAILED_PRECONDITION when it is not there, or its vectors have another
   *     dimension
   */
  boolean requireUsable(CorpusRow corpus, Call call) {
    if (!exists(corpus.collection(), call)) {
      throw corpus.collectionMissing();
    }
    CollectionSchema schema =
        connection.call(
            "describing " + corpus.collection(),
            call,
            client ->
                client
                    .describeCollection(
                        DescribeCollectionReq.builder()
                            .databaseName(config().database())
                            .collectionName(corpus.collection())
                            .build())
                    .getCollectionSchema());
    Integer found =
        schema.getFieldSchemaList().stream()
            .filter(field -> field.getName().equals(ChunkRows.VECTOR))
            .map(CreateCollectionReq.FieldSchema::getDimension)
            .findFirst()
            .orElse(0);
    int dimension = corpus.corpus().embeddingModel().dimension();
    if (found != dimension) {
      throw RagException.failedPrecondition(
          "COLLECTION_MISMATCH",
          corpus.corpus().id().resourceName(),
          "the collection %s in Milvus has vectors of dimension %d, corpus %s has %d (%s)"
              .formatted(
                  corpus.collection(),
                  found,
                  corpus.corpus().id(),
                  dimension,
                  corpus.corpus().embeddingModel().name()));
    }
    return schema.getFieldSchemaList().stream()
        .anyMatch(field -> field.getName().equals(ChunkRows.SPARSE));
  }

  private List<IndexParam> chunkIndexes(Metric metric, boolean words) {
    List<IndexParam> indexes = new ArrayList<>();
    indexes.add(
        IndexParam.builder()
            .fieldName(ChunkRows.VECTOR)
            .indexName(ChunkRows.VECTOR)
            .indexType(IndexType.valueOf(config().index().type()))
            .metricType(MetricType.valueOf(metric.name()))
            .extraParams(Map.copyOf(config().index().params()))
            .build());
    if (words) {
      indexes.add(
          IndexParam.builder()
              .fieldName(ChunkRows.SPARSE)
              .indexName(ChunkRows.SPARSE)
              .indexType(IndexType.SPARSE_INVERTED_INDEX)
              .metricType(MetricType.BM25)
              .extraParams(BM25)
              .build());
    }
    return indexes;
  }

  private void create(String name, String description, CollectionSchema schema, Call call) {
    boolean _ =
        connection.attempt(
            "creating " + name,
            call,
            client -> {
              client.createCollection(
                  CreateCollectionReq.builder()
                      .databaseName(config().database())
                      .collectionName(name)
                      .description(description)
                      .collectionSchema(schema)
                      .numShards(config().shards())
                      .consistencyLevel(ConsistencyLevel.SESSION)
                      .build());
              return true;
            });
  }

  private void index(String name, IndexParam index, Call call) {
    connection.run(
        "indexing " + name,
        call,
        client ->
            client.createIndex(
                CreateIndexReq.builder()
                    .databaseName(config().database())
                    .collectionName(name)
                    .indexParams(List.of(index))
                    .sync(false)
                    .build()));
  }

  /**
   * Has a collection in memory; does nothing where it is.
   *
   * @param wait until it is there
   * @throws MilvusClientException when it fails
   */
  static void load(MilvusConnection connection, String name, boolean wait, Call call) {
    boolean _ =
        connection.attempt(
            "loading " + name,
            call,
            client -> {
              client.loadCollection(
                  LoadCollectionReq.builder()
                      .databaseName(connection.config().database())
                      .collectionName(name)
                      .numReplicas(connection.config().replicas())
                      .sync(wait)
                      .build());
              return true;
            });
  }

  private static void add(CollectionSchema schema, AddFieldReq.AddFieldReqBuilder<?> field) {
    schema.addField(field.build());
  }

  private static AddFieldReq.AddFieldReqBuilder<?> text(String name, int maxBytes) {
    return field(name, DataType.VarChar).maxLength(maxBytes);
  }

  private static AddFieldReq.AddFieldReqBuilder<?> field(String name, DataType type) {
    return AddFieldReq.builder().fieldName(name).dataType(type);
  }
}
