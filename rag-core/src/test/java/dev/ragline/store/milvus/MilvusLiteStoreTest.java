package dev.ragline.store.milvus;

import dev.ragline.store.LexicalSearchContract;
import dev.ragline.testing.milvus.Milvus;

class MilvusLiteStoreTest extends MilvusStoreContract implements LexicalSearchContract {
  private static final MilvusStoreConfig CONFIG = MilvusStores.config(Milvus.lite());

  MilvusLiteStoreTest() {
    super(CONFIG);
  }
}
