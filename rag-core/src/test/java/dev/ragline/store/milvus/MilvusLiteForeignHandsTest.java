package dev.ragline.store.milvus;

import dev.ragline.testing.milvus.Milvus;

class MilvusLiteForeignHandsTest extends MilvusForeignHandsContract {
  MilvusLiteForeignHandsTest() {
    super(Milvus.lite());
  }
}
