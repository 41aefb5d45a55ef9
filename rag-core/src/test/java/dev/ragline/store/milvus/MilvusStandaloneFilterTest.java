package dev.ragline.store.milvus;

import dev.ragline.store.ChunkStore;
import dev.ragline.store.FilterAgreement;
import dev.ragline.testing.TestExecution;
import dev.ragline.testing.milvus.Milvus;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
    named = "CI",
    matches = "true",
    disabledReason = "takes minutes; CI=true runs it")
class MilvusStandaloneFilterTest extends FilterAgreement {
  @Override
  protected ChunkStore open() {
    return MilvusChunkStore.open(MilvusStores.config(Milvus.standalone()), TestExecution.SHARED);
  }
}
