package dev.ragline.store.lucene;

import java.nio.file.Path;

/**
 * Where the embedded store keeps its files.
 *
 * @param folder made when it is not there; owned by one process at a time
 * @param maxOpenCorpora indexes that are open at once, about; beyond them the least recently used
 *     is closed, and opened again by its next use
 */
public record LuceneStoreConfig(Path folder, int maxOpenCorpora) {
  /** As many as fit into a small heap: an open index takes some hundred kilobytes. */
  public static final int OPEN_CORPORA = 256;

  public LuceneStoreConfig {
    if (maxOpenCorpora < 1) {
      throw new IllegalArgumentException("a store needs an open corpus");
    }
  }

  /** A store of the usual size. */
  public LuceneStoreConfig(Path folder) {
    this(folder, OPEN_CORPORA);
  }
}
