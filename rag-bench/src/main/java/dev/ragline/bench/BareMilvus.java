package dev.ragline.bench;

import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.client.RetryConfig;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.collection.request.GetLoadStateReq;
import io.milvus.v2.service.utility.request.FlushReq;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.FloatVec;
import java.util.List;

/**
 * The SDK's own client on the collection that the store made: what the adapter is compared with.
 */
final class BareMilvus implements AutoCloseable {
  private static final List<String> FIELDS =
      List.of(
          "document",
          "write_id",
          "ordinal",
          "text",
          "revision",
          "range_start",
          "range_end",
          "heading_path");

  private final MilvusClientV2 client;
  private final String collection;

  /**
   * @param alias the corpus's
   */
  BareMilvus(String address, String token, String alias) {
    var config = ConnectConfig.builder().uri(address).dbName("default");
    if (!token.isEmpty()) {
      config.token(token);
    }
    this.client = new MilvusClientV2(config.build());
    client.retryConfig(RetryConfig.builder().maxRetryTimes(1).build());
    this.collection = alias;
  }

  /** The search as the adapter asks for it, up to the hits with the fields that it reads. */
  int search(float[] question, int limit) {
    return client
        .search(
            SearchReq.builder()
                .databaseName("default")
                .collectionName(collection)
                .annsField("vector")
                .outputFields(FIELDS)
                .data(List.of(new FloatVec(question)))
                .limit(limit)
                .consistencyLevel(ConsistencyLevel.SESSION)
                .build())
        .getSearchResults()
        .getFirst()
        .size();
  }

  /** Seals what was written, and waits for its index and until it is in memory. */
  void settle() {
    client.flush(
        FlushReq.builder().databaseName("default").collectionNames(List.of(collection)).build());
    GetLoadStateReq loaded =
        GetLoadStateReq.builder().databaseName("default").collectionName(collection).build();
    while (!Boolean.TRUE.equals(client.getLoadState(loaded))) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
