package dev.ragline.store.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.store.Corpora;
import dev.ragline.testing.milvus.Milvus;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import org.junit.jupiter.api.Test;

class MilvusLiteForeignHandsTest extends MilvusForeignHandsContract {
  MilvusLiteForeignHandsTest() {
    super(Milvus.lite());
  }

  @Test
  void everyCall_registryDropped_saysSoOnceAndBeginsAnew() {
    String registry = new Names(config.prefix()).registry();
    server.ask(
        client -> {
          client.dropCollection(DropCollectionReq.builder().collectionName(registry).build());
          return registry;
        });
    assertThat(assertFails("COLLECTION_MISSING", () -> store.corpora(null, 9)))
        .hasMessageContaining(registry);
    assertThat(store.corpora(null, 9)).isEmpty();
    store.createCorpus(Corpora.of("more"));
    assertThat(store.corpora(null, 9)).hasSize(1);
  }
}
