package dev.ragline.ingest;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.Sha256;
import dev.ragline.execution.Timer;
import dev.ragline.store.ChunkVectors;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of documents that are not written yet. When a caller leaves before the end, whoever
 * uploads the same text within a while finds what was made of it. What has been written is
 * forgotten: the store has it.
 */
final class UnfinishedVectors {
  private static final Duration WHILE = Duration.ofMinutes(15);

  /** A thirty-second of the heap, which is the vectors of some thousand chunks at least. */
  private static final long SHARE = 32;

  private static final int BESIDE = 300;

  private final Cache<Key, ChunkVectors> made;
  private final UnfinishedSpools spools;

  /** A model's vectors of a text, by its digest. */
  private record Key(String model, Sha256 text) {}

  UnfinishedVectors(Timer timer) {
    this(Runtime.getRuntime().maxMemory() / SHARE, timer);
  }

  /**
   * @param bytes the most that is kept in memory
   */
  UnfinishedVectors(long bytes, Timer timer) {
    this.spools = new UnfinishedSpools(timer, WHILE);
    this.made =
        CacheBuilder.newBuilder()
            .maximumWeight(bytes)
            .weigher((Key key, ChunkVectors vectors) -> BESIDE + bytes(vectors))
            .expireAfterWrite(WHILE)
            .build();
  }

  /** What vectors take of memory, nearly. */
  static int bytes(ChunkVectors vectors) {
    return 4 * vectors.vector().length + vectors.sentences().bytes().length + 64;
  }

  @Nullable ChunkVectors find(EmbeddingModel model, Sha256 text) {
    ChunkVectors held = made.getIfPresent(new Key(model.fingerprint(), text));
    return held == null ? spools.find(model, text) : held;
  }

  /** Where those of large documents are kept, each document's together. */
  UnfinishedSpools spools() {
    return spools;
  }

  void keep(EmbeddingModel model, Sha256 text, ChunkVectors vectors) {
    made.put(new Key(model.fingerprint(), text), vectors);
  }

  void forget(EmbeddingModel model, Sha256 text) {
    made.invalidate(new Key(model.fingerprint(), text));
  }
}
