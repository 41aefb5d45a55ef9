package dev.ragline.store.milvus;

import dev.ragline.store.LexicalSearchContract;
import dev.ragline.testing.milvus.Milvus;
import org.junit.jupiter.api.BeforeAll;

class MilvusLiteStoreTest extends MilvusStoreContract implements LexicalSearchContract {
  @SuppressWarnings("NullAway.Init") // set before any test
  private static MilvusStoreConfig lite;

  /** Not when the class is loaded, which a machine without Python could not skip. */
  @BeforeAll
  static void start() {
    lite = MilvusStores.config(Milvus.lite());
  }

  MilvusLiteStoreTest() {
    super(lite);
  }
}
