package dev.ragline.store.milvus;

import dev.ragline.testing.TakesMinutes;
import dev.ragline.testing.milvus.Milvus;

/** Milvus 2.3, which cannot search by words. */
@TakesMinutes
class MilvusStandaloneStoreTest extends MilvusStoreContract {
  private static final MilvusStoreConfig CONFIG = MilvusStores.config(Milvus.standalone());

  MilvusStandaloneStoreTest() {
    super(CONFIG);
  }
}
