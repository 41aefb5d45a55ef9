package dev.ragline.store.milvus;

import dev.ragline.document.Corpus;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.ChunkStoreContract;
import dev.ragline.testing.TestExecution;

/**
 * The contract on a server, in collections that all of a class's tests share: they take a while.
 */
abstract class MilvusStoreContract extends ChunkStoreContract {
  private final MilvusStoreConfig config;
  private boolean begun;

  MilvusStoreContract(MilvusStoreConfig config) {
    this.config = config;
  }

  @Override
  protected ChunkStore open() {
    ChunkStore store = MilvusChunkStore.open(config, TestExecution.SHARED);
    if (!begun) {
      for (Corpus corpus : store.corpora(null, Integer.MAX_VALUE)) {
        store.deleteCorpus(corpus.id(), c -> {});
      }
      begun = true;
    }
    return store;
  }
}
