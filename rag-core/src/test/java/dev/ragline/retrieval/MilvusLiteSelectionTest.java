package dev.ragline.retrieval;

import dev.ragline.store.ChunkStore;
import dev.ragline.store.milvus.MilvusChunkStore;
import dev.ragline.store.milvus.MilvusStoreConfig;
import dev.ragline.testing.TestExecution;
import dev.ragline.testing.milvus.Milvus;
import java.net.URI;
import java.util.UUID;

class MilvusLiteSelectionTest extends SelectionContract {
  @Override
  ChunkStore open() {
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

  @Override
  int questions() {
    return 20;
  }
}
