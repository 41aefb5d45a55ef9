package dev.ragline.store.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.Corpus;
import dev.ragline.document.Document;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import dev.ragline.testing.milvus.MilvusServer;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.exception.MilvusClientException;
import io.milvus.v2.service.vector.request.QueryReq;
import io.milvus.v2.service.vector.response.QueryResp.QueryResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What is in a Milvus, counted past the store. */
final class MilvusRows {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(40);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private MilvusRows() {}

  /**
   * Waits until sweeps have left exactly what the store shows: of chunks, contents and notes of the
   * registry, each. Nobody else may be at work.
   */
  static void awaitNothingElse(
      MilvusServer server, MilvusStoreConfig config, MilvusChunkStore store) {
    awaitNothingElse(server, config, store, () -> sweepAll(store));
  }

  /** Has a store remove whatever is not wholly done, however new. */
  static void sweepAll(MilvusChunkStore store) {
    long now = System.currentTimeMillis();
    store.sweep(now, now);
  }

  /** The same with sweeps of another kind. */
  static void awaitNothingElse(
      MilvusServer server, MilvusStoreConfig config, MilvusChunkStore store, Runnable sweep) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!counted(server, config).equals(shown(store)) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
      sweep.run();
    }
    assertThat(counted(server, config)).isEqualTo(shown(store));
  }

  /** How many rows of which kind there are, and how many collections of corpora. */
  static Map<String, Long> counted(MilvusServer server, MilvusStoreConfig config) {
    Names names = new Names(config.prefix());
    return server.ask(client -> counted(client, names));
  }

  private static Map<String, Long> counted(MilvusClientV2 client, Names names) {
    Map<String, Long> counts = new TreeMap<>();
    for (QueryResult row : rows(client, names.registry(), Registry.KEY, Registry.KIND)) {
      String kind = new Row(row.getEntity()).text(Registry.KIND);
      if (!kind.equals(Registry.Kind.TOKEN_KEY.text())) {
        counts.merge(kind, 1L, Long::sum);
      }
    }
    add(counts, "contents", rows(client, names.contents(), ContentRows.KEY).size());
    for (String collection : client.listCollections().getCollectionNames()) {
      boolean ofCorpus =
          !collection.equals(names.registry()) && !collection.equals(names.contents());
      if (collection.startsWith(names.prefix() + "_") && ofCorpus) {
        add(counts, "collections", 1);
        add(counts, "chunks", rows(client, collection, ChunkRows.ID).size());
      }
    }
    return counts;
  }

  private static void add(Map<String, Long> counts, String kind, long count) {
    if (count > 0) {
      counts.merge(kind, count, Long::sum);
    }
  }

  /** The rows of a collection; none where it was dropped in the meantime. */
  private static List<QueryResult> rows(
      MilvusClientV2 client, String collection, String key, String... fields) {
    QueryReq all =
        QueryReq.builder()
            .collectionName(collection)
            .filter(key + " != \"\"")
            .outputFields(fields.length == 0 ? List.of(key) : List.of(fields))
            .consistencyLevel(ConsistencyLevel.STRONG)
            .build();
    try {
      return client.query(all).getQueryResults();
    } catch (MilvusClientException e) {
      if (MilvusFailures.isMissing(e)) {
        return List.of();
      }
      throw e;
    }
  }

  private static Map<String, Long> shown(MilvusChunkStore store) {
    Map<String, Long> counts = new TreeMap<>();
    for (Corpus corpus : store.corpora(null, Integer.MAX_VALUE)) {
      add(counts, "collections", 1);
      add(counts, Registry.Kind.CORPUS.text(), 1);
      try (CorpusSnapshot snapshot =
          store.snapshot(corpus.id(), Freshness.STRONG, Call.UNLIMITED)) {
        for (Document document : snapshot.documents(null, Integer.MAX_VALUE)) {
          add(counts, Registry.Kind.HEAD.text(), 1);
          add(counts, "chunks", document.chunkCount());
          add(counts, "contents", ContentRows.count(document.size()));
        }
      }
    }
    return counts;
  }
}
