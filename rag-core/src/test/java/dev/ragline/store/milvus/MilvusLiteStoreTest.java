package dev.ragline.store.milvus;

import dev.ragline.store.ChunkStore;
import dev.ragline.store.ChunkStoreContract;
import dev.ragline.store.LexicalSearchContract;
import dev.ragline.testing.milvus.Milvus;

class MilvusLiteStoreTest extends ChunkStoreContract implements LexicalSearchContract {
  private final MilvusStoreConfig config = MilvusStores.config(Milvus.lite());

  @Override
  protected ChunkStore open() {
    return MilvusChunkStore.open(config);
  }
}
