package dev.ragline.e2e;

import dev.ragline.testing.milvus.MilvusServer;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.vector.request.QueryReq;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What Milvus itself says of the rows of corpora that a server keeps in it. */
record MilvusRows(MilvusServer milvus, String prefix) {
  private static final String COUNT = "count(*)";

  /** The settings of a server whose corpora these are; rows that nobody reads go soon. */
  Map<String, String> settings() {
    return Map.of(
        "RAGLINE_STORE_PREFIX",
        prefix,
        "RAGLINE_STORE_TOKEN",
        milvus.token(),
        "RAGLINE_STORE_RETAIN_SECONDS",
        "10",
        // What could not be removed, as the store was away, is left to a sweep.
        "RAGLINE_SERVER_MAX_CALL_SECONDS",
        "20",
        "RAGLINE_STORE_ABANDONED_SECONDS",
        "21");
  }

  /** How many chunks it holds of a corpus, whose id is of letters and digits. */
  long of(String corpus) {
    QueryReq count =
        QueryReq.builder()
            .collectionName(prefix + "_" + corpus)
            .filter("")
            .outputFields(List.of(COUNT))
            .consistencyLevel(ConsistencyLevel.STRONG)
            .build();
    Object rows =
        milvus
            .ask(client -> client.query(count))
            .getQueryResults()
            .getFirst()
            .getEntity()
            .get(COUNT);
    return (Long) Objects.requireNonNull(rows);
  }
}
