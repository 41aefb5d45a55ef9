package dev.ragline.store.milvus;

import dev.ragline.testing.milvus.Milvus;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Milvus 2.3, which cannot search by words. */
@EnabledIfEnvironmentVariable(
    named = "CI",
    matches = "true",
    disabledReason = "takes minutes; CI=true runs it")
class MilvusStandaloneStoreTest extends MilvusStoreContract {
  private static final MilvusStoreConfig CONFIG = MilvusStores.config(Milvus.standalone());

  MilvusStandaloneStoreTest() {
    super(CONFIG);
  }
}
