package dev.ragline.store.lucene;

import dev.ragline.store.ChunkStore;
import dev.ragline.store.ChunkStoreContract;
import dev.ragline.store.LexicalSearchContract;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LuceneChunkStoreTest extends ChunkStoreContract implements LexicalSearchContract {
  @TempDir Path folder;

  @Override
  protected ChunkStore open() {
    return LuceneChunkStore.open(
        new LuceneStoreConfig(folder.resolve("store")), TestExecution.SHARED);
  }
}
