package dev.ragline.retrieval;

import dev.ragline.store.ChunkStore;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LuceneSelectionTest extends SelectionContract {
  @TempDir static Path folder;

  @Override
  ChunkStore open() {
    return LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
  }
}
