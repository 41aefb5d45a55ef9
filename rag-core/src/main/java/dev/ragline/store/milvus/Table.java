package dev.ragline.store.milvus;

import com.google.gson.JsonObject;
import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import io.milvus.orm.iterator.QueryIterator;
import io.milvus.response.QueryResultsWrapper;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.exception.MilvusClientException;
import io.milvus.v2.service.vector.request.DeleteReq;
import io.milvus.v2.service.vector.request.InsertReq;
import io.milvus.v2.service.vector.request.QueryIteratorReq;
import io.milvus.v2.service.vector.request.QueryReq;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.UpsertReq;
import io.milvus.v2.service.vector.request.data.BaseVector;
import io.milvus.v2.service.vector.response.SearchResp.SearchResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** A collection as rows by key; every table is equal to itself only. */
final class Table {
  /** Keys in one request; expressions must not grow without a limit. */
  private static final int KEYS_AT_ONCE = 1000;

  private static final int SCAN_AT_ONCE = 1000;

  /** Milvus gives no more at once. */
  private static final int QUERY_LIMIT = 16_384;

  private final MilvusConnection connection;
  private final String name;
  private final String key;
  private final Owner owner;

  /** Who knows what a failure means that Milvus does not explain. */
  interface Owner {
    /** Knows nothing. */
    Owner NOBODY = (failure, call) -> failure;

    /** The same failure, or what is behind it. */
    RagException explain(RagException failure, Call call);
  }

  /**
   * A collection whose primary key is the field {@code key}. Keys are letters, digits and {@code
   * -:/} only, so that they need no escapes in expressions.
   */
  Table(MilvusConnection connection, String name, String key, Owner owner) {
    this.connection = connection;
    this.name = name;
    this.key = key;
    this.owner = owner;
  }

  String name() {
    return name;
  }

  private String database() {
    return connection.config().database();
  }

  /**
   * Writes rows whose keys are new, in requests that Milvus takes.
   *
   * @return a time by which SESSION reads see them; 0 where the server has no times
   */
  long insert(Iterable<JsonObject> rows, Call call) {
    RowBatches batches = new RowBatches(rows.iterator());
    while (batches.hasNext()) {
      insertBatch(batches.next(), call);
    }
    return connection.guarantee(name);
  }

  private void insertBatch(List<JsonObject> rows, Call call) {
    // A try whose answer was lost may have written: the next one replaces.
    boolean[] again = {false};
    change(
        "writing to " + name,
        call,
        client -> {
          if (again[0]) {
            client.upsert(
                UpsertReq.builder()
                    .databaseName(database())
                    .collectionName(name)
                    .data(rows)
                    .build());
          } else {
            again[0] = true;
            client.insert(
                InsertReq.builder()
                    .databaseName(database())
                    .collectionName(name)
                    .data(rows)
                    .build());
          }
        });
  }

  /** Removes rows; those that are not there are passed over. */
  void delete(List<String> keys, Call call) {
    for (List<String> some : parts(keys)) {
      change(
          "deleting from " + name,
          call,
          client ->
              client.delete(
                  DeleteReq.builder()
                      .databaseName(database())
                      .collectionName(name)
                      .filter(in(some))
                      .build()));
    }
  }

  /** Rows by key, in no order; those that are not there are missing. */
  List<Row> get(Collection<String> keys, List<String> fields, Call call) {
    List<Row> found = new ArrayList<>(keys.size());
    for (List<String> some : parts(List.copyOf(keys))) {
      found.addAll(query(in(some), fields, ConsistencyLevel.SESSION, call));
    }
    return found;
  }

  private String in(List<String> keys) {
    return key + " in [\"" + String.join("\",\"", keys) + "\"]";
  }

  private static List<List<String>> parts(List<String> keys) {
    return com.google.common.collect.Lists.partition(keys, KEYS_AT_ONCE);
  }

  /** The rows that a filter lets pass, where they are few. */
  List<Row> query(String filter, List<String> fields, ConsistencyLevel level, Call call) {
    return query(filter, fields, level, 0, call);
  }

  private List<Row> query(
      String filter, List<String> fields, ConsistencyLevel level, long limit, Call call) {
    return read(
        "reading from " + name,
        call,
        client ->
            client
                .query(
                    QueryReq.builder()
                        .databaseName(database())
                        .collectionName(name)
                        .filter(filter)
                        .outputFields(fields)
                        .limit(limit)
                        .consistencyLevel(level)
                        .build())
                .getQueryResults()
                .stream()
                .map(result -> new Row(result.getEntity()))
                .toList());
  }

  /** Any number of rows that a filter lets pass. */
  void scan(
      String filter, List<String> fields, ConsistencyLevel level, Call call, Consumer<Row> sink) {
    // One query may do, and a strong one waits; pages would each wait.
    List<Row> first = query(filter, fields, level, QUERY_LIMIT, call);
    if (first.size() < QUERY_LIMIT) {
      first.forEach(sink);
      return;
    }
    String what = "reading from " + name;
    QueryIterator rows =
        read(
            what,
            call,
            _ ->
                connection.iterate(
                    QueryIteratorReq.builder()
                        .databaseName(database())
                        .collectionName(name)
                        .expr(filter)
                        .outputFields(fields)
                        .batchSize(SCAN_AT_ONCE)
                        .consistencyLevel(level)
                        .build(),
                    key));
    try {
      List<QueryResultsWrapper.RowRecord> page = read(what, call, _ -> rows.next());
      while (!page.isEmpty()) {
        page.forEach(row -> sink.accept(new Row(row.getFieldValues())));
        page = read(what, call, _ -> rows.next());
      }
    } finally {
      rows.close();
    }
  }

  /** The rows nearest to something, best first. */
  List<SearchResult> search(Nearest nearest, BaseVector to, String filter, Call call) {
    return read(
            "searching " + name,
            call,
            client ->
                client.search(
                    SearchReq.builder()
                        .databaseName(database())
                        .collectionName(name)
                        .annsField(nearest.field())
                        .searchParams(nearest.params())
                        .outputFields(nearest.output())
                        .data(List.of(to))
                        .filter(filter)
                        .limit(nearest.limit())
                        .consistencyLevel(ConsistencyLevel.SESSION)
                        .build()))
        .getSearchResults()
        .getFirst();
  }

  /**
   * How rows are searched.
   *
   * @param field what is compared
   * @param params of the field's index
   * @param output fields that are wanted
   * @param limit the most rows
   */
  record Nearest(String field, Map<String, Object> params, List<String> output, long limit) {}

  private void change(String what, Call call, Consumer<MilvusClientV2> request) {
    boolean _ =
        call(
            Turns.Kind.CHANGE,
            what,
            call,
            client -> {
              request.accept(client);
              return true;
            });
  }

  private <T> T read(String what, Call call, Function<MilvusClientV2, T> request) {
    return call(Turns.Kind.READ, what, call, request);
  }

  /** Calls, and once more where the collection was not in memory, as after a restart. */
  private <T> T call(Turns.Kind kind, String what, Call call, Function<MilvusClientV2, T> request) {
    try {
      try {
        return attempt(kind, what, call, request);
      } catch (MilvusClientException e) {
        if (!MilvusFailures.mayNotBeLoaded(e)) {
          throw e;
        }
      }
      Schema.load(connection, name, true, call);
      return attempt(kind, what, call, request);
    } catch (MilvusClientException e) {
      RagException failure = MilvusFailures.of(what, connection.config().uri(), call, e);
      throw MilvusFailures.isAnswer(e) ? owner.explain(failure, call) : failure;
    }
  }

  private <T> T attempt(
      Turns.Kind kind, String what, Call call, Function<MilvusClientV2, T> request) {
    return connection.turns().take(kind, name, call, () -> connection.attempt(what, call, request));
  }

  /** Throws what is behind an answer that cannot be right, if the owner knows. */
  void doubt(String what, Call call) {
    RagException doubt = new RagException(ErrorCode.INTERNAL, "STORE_FAILED", what);
    RagException explained = owner.explain(doubt, call);
    if (explained != doubt) {
      throw explained;
    }
  }

  /** The newest time up to which searches see all; 0 where the server has no times. */
  long guarantee() {
    return connection.guarantee(name);
  }

  /** Has searches see all that was written up to {@code time}. */
  void guarantee(long time) {
    connection.guarantee(name, time);
  }

  /** Seals what was written, so that it gets an index. */
  void flush(Call call) {
    change("flushing " + name, call, _ -> connection.flush(name));
  }
}
