package dev.ragline.store.milvus;

import dev.ragline.testing.milvus.Milvus;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
    named = "CI",
    matches = "true",
    disabledReason = "takes minutes; CI=true runs it")
class MilvusStandaloneReplicasTest extends MilvusReplicasContract {
  private static final MilvusStoreConfig CONFIG = MilvusStores.brief(Milvus.standalone());

  MilvusStandaloneReplicasTest() {
    super(Milvus.standalone(), CONFIG);
  }
}
