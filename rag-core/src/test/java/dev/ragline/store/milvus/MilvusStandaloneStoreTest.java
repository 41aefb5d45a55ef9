package dev.ragline.store.milvus;

import dev.ragline.store.ChunkStore;
import dev.ragline.store.ChunkStoreContract;
import dev.ragline.testing.milvus.Milvus;

/** Milvus 2.3, which cannot search by words. */
class MilvusStandaloneStoreTest extends ChunkStoreContract {
  private final MilvusStoreConfig config = MilvusStores.config(Milvus.standalone());

  @Override
  protected ChunkStore open() {
    return MilvusChunkStore.open(config);
  }
}
