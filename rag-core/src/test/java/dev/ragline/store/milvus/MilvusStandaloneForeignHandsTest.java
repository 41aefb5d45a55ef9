package dev.ragline.store.milvus;

import dev.ragline.testing.TakesMinutes;
import dev.ragline.testing.milvus.Milvus;

@TakesMinutes
class MilvusStandaloneForeignHandsTest extends MilvusForeignHandsContract {
  MilvusStandaloneForeignHandsTest() {
    super(Milvus.standalone());
  }
}
