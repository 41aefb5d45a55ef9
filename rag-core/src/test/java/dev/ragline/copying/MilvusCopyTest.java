package dev.ragline.copying;

import dev.ragline.store.ChunkStore;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.store.milvus.MilvusChunkStore;
import dev.ragline.store.milvus.MilvusStoreConfig;
import dev.ragline.testing.TestExecution;
import dev.ragline.testing.milvus.Milvus;
import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Copies to and from a Milvus Lite. */
class MilvusCopyTest {
  @TempDir private Path folder;

  private ChunkStore lucene() {
    return LuceneChunkStore.open(
        new LuceneStoreConfig(folder.resolve("data")), TestExecution.SHARED);
  }

  private static ChunkStore milvus() {
    MilvusStoreConfig usual = MilvusStoreConfig.of(URI.create(Milvus.lite().address()));
    return MilvusChunkStore.open(
        new MilvusStoreConfig(
            usual.uri(),
            usual.token(),
            usual.database(),
            usual.tls(),
            usual.connectTimeout(),
            usual.callTimeout(),
            "t" + UUID.randomUUID().toString().substring(0, 8),
            usual.index(),
            usual.shards(),
            usual.replicas(),
            usual.retention(),
            usual.abandoned()),
        TestExecution.SHARED);
  }

  @Nested
  class ToMilvus extends CopyContract {
    @Override
    protected ChunkStore openFrom() {
      return lucene();
    }

    @Override
    protected ChunkStore openTo() {
      return milvus();
    }
  }

  @Nested
  class FromMilvus extends CopyContract {
    @Override
    protected ChunkStore openFrom() {
      return milvus();
    }

    @Override
    protected ChunkStore openTo() {
      return lucene();
    }
  }

  /** Two sets of collections in one server. */
  @Nested
  class WithinMilvus extends CopyContract {
    @Override
    protected ChunkStore openFrom() {
      return milvus();
    }

    @Override
    protected ChunkStore openTo() {
      return milvus();
    }
  }
}
