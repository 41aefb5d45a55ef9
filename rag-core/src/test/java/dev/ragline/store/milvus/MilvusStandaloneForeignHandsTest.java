package dev.ragline.store.milvus;

import dev.ragline.testing.milvus.Milvus;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
    named = "CI",
    matches = "true",
    disabledReason = "takes minutes; CI=true runs it")
class MilvusStandaloneForeignHandsTest extends MilvusForeignHandsContract {
  MilvusStandaloneForeignHandsTest() {
    super(Milvus.standalone());
  }
}
