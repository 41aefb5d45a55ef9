package dev.ragline.testing.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.LoadCollectionReq;
import io.milvus.v2.service.vector.request.InsertReq;
import io.milvus.v2.service.vector.request.QueryReq;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The servers that other tests stand on. */
class MilvusServerTest {
  private static final String NAME = "fixtures";

  @Test
  void liteRestart_killed_keepsWhatWasWritten() {
    try (MilvusServer server = MilvusLite.started()) {
      assertSurvives(server, server::kill);
    }
  }

  @Test
  void liteRestart_running_keepsWhatWasWritten() {
    try (MilvusServer server = MilvusLite.started()) {
      assertSurvives(server, () -> {});
    }
  }

  @Test
  void standaloneRestart_killed_keepsWhatWasWritten() {
    try (MilvusServer server = MilvusStandalone.started(false)) {
      assertSurvives(server, server::kill);
    }
  }

  @Test
  void standaloneRestart_running_keepsWhatWasWritten() {
    try (MilvusServer server = MilvusStandalone.started(false)) {
      assertSurvives(server, () -> {});
    }
  }

  @Test
  void standaloneWithAuthorization_wrongToken_refuses() {
    String address = Milvus.standaloneWithAuthorization().address();

    assertThatThrownBy(
            () ->
                MilvusServer.ask(
                    ConnectConfig.builder().uri(address).token("root:wrong"),
                    MilvusClientV2::listCollections))
        .hasMessageContaining("UNAUTHENTICATED");
  }

  @Test
  void shared_askedTwice_isTheSameAndApartFromOthers() {
    MilvusServer open = Milvus.standalone();
    MilvusServer authorized = Milvus.standaloneWithAuthorization();

    assertThat(Milvus.standalone()).isSameAs(open);
    assertThat(authorized.address()).isNotEqualTo(open.address());
    fill(open);
    assertThat(names(open)).contains(NAME);
    assertThat(names(authorized)).doesNotContain(NAME);
  }

  private static void assertSurvives(MilvusServer server, Runnable end) {
    String address = server.address();
    fill(server);

    end.run();
    server.restart();

    assertThat(server.address()).isEqualTo(address);
    QueryReq all =
        QueryReq.builder()
            .collectionName(NAME)
            .filter("id >= 0")
            .outputFields(List.of("id"))
            .consistencyLevel(ConsistencyLevel.STRONG)
            .build();
    assertThat(server.ask(client -> load(client).query(all)).getQueryResults())
        .extracting(row -> row.getEntity().get("id"))
        .containsExactly(7L);
  }

  private static void fill(MilvusServer server) {
    JsonObject row = new JsonObject();
    row.addProperty("id", 7);
    row.add("vector", new Gson().toJsonTree(new float[] {1, 0}));
    CreateCollectionReq collection =
        CreateCollectionReq.builder()
            .collectionName(NAME)
            .dimension(2)
            .metricType(IndexParam.MetricType.IP.name())
            .build();
    server.ask(
        client -> {
          client.createCollection(collection);
          return client.insert(InsertReq.builder().collectionName(NAME).data(List.of(row)).build());
        });
  }

  /** A restarted server may have let go of its collections, or be at loading them. */
  private static MilvusClientV2 load(MilvusClientV2 client) {
    client.loadCollection(LoadCollectionReq.builder().collectionName(NAME).build());
    return client;
  }

  private static List<String> names(MilvusServer server) {
    return server.ask(MilvusClientV2::listCollections).getCollectionNames();
  }
}
