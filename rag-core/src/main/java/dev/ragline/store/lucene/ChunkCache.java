package dev.ragline.store.lucene;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.ragline.document.Chunk;
import dev.ragline.document.reading.Reading;
import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;

/**
 * The chunks that questions met last, of all corpora. A row of a segment never changes, so that
 * what is kept is right as long as it is asked for; what was merged away or deleted is forgotten in
 * time, as nobody asks for it.
 */
final class ChunkCache {
  /** Chars of all texts that are kept, of one or two bytes each. */
  private static final long MOST_CHARS = 8 << 20;

  /** What a chunk holds beside its text, as chars. */
  private static final int BESIDE = 300;

  private final Cache<Row, Chunk> kept =
      CacheBuilder.newBuilder()
          .maximumWeight(MOST_CHARS)
          .weigher((Row row, Chunk chunk) -> chars(chunk) + BESIDE)
          .build();

  private static int chars(Chunk chunk) {
    Reading reading = chunk.reading();
    int own = chunk.text().length();
    return reading == null || reading.text().equals(chunk.text())
        ? own
        : own + reading.text().length();
  }

  /**
   * A row of a segment.
   *
   * @param segment what Lucene tells it from others by
   */
  private record Row(Object segment, int number) {}

  /** Reads a row that is not kept. */
  @FunctionalInterface
  interface Loader {
    Chunk load(int row) throws IOException;
  }

  /**
   * The chunk in a row.
   *
   * @param leaf the segment that it is in
   * @param row counted over the whole index
   */
  Chunk get(LeafReaderContext leaf, int row, Loader loader) throws IOException {
    Row key = new Row(leaf.reader().getCoreCacheHelper().getKey(), row - leaf.docBase);
    Chunk chunk = kept.getIfPresent(key);
    if (chunk == null) {
      chunk = loader.load(row);
      kept.put(key, chunk);
    }
    return chunk;
  }
}
