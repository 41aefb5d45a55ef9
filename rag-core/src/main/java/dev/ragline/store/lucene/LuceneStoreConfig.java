package dev.ragline.store.lucene;

import java.nio.file.Path;

/**
 * Where the embedded store keeps its files.
 *
 * @param folder made when it is not there; owned by one process at a time
 */
public record LuceneStoreConfig(Path folder) {}
