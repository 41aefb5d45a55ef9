package dev.ragline.store.milvus;

import dev.ragline.store.ChunkStore;
import dev.ragline.store.FilterAgreement;
import dev.ragline.testing.TakesMinutes;
import dev.ragline.testing.TestExecution;
import dev.ragline.testing.milvus.Milvus;

@TakesMinutes
class MilvusStandaloneFilterTest extends FilterAgreement {
  @Override
  protected ChunkStore open() {
    return MilvusChunkStore.open(MilvusStores.config(Milvus.standalone()), TestExecution.SHARED);
  }
}
