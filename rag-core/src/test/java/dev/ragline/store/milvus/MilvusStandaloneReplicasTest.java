package dev.ragline.store.milvus;

import dev.ragline.testing.TakesMinutes;
import dev.ragline.testing.milvus.Milvus;

@TakesMinutes
class MilvusStandaloneReplicasTest extends MilvusReplicasContract {
  private static final MilvusStoreConfig CONFIG = MilvusStores.brief(Milvus.standalone());

  MilvusStandaloneReplicasTest() {
    super(Milvus.standalone(), CONFIG);
  }
}
