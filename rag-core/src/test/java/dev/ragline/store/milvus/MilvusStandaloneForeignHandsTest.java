package dev.ragline.store.milvus;

import dev.ragline.testing.milvus.Milvus;

class MilvusStandaloneForeignHandsTest extends MilvusForeignHandsContract {
  MilvusStandaloneForeignHandsTest() {
    super(Milvus.standalone());
  }
}
