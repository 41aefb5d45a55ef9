package dev.ragline.store.lucene;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.ragline.store.ChunkStore;

/** Provides the embedded store; whoever gets it closes it. */
public final class LuceneStoreModule extends AbstractModule {
  private final LuceneStoreConfig config;

  public LuceneStoreModule(LuceneStoreConfig config) {
    this.config = config;
  }

  @Provides
  @Singleton
  ChunkStore chunkStore() {
    return LuceneChunkStore.open(config);
  }
}
