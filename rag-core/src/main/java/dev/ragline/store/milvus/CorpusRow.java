package dev.ragline.store.milvus;

import dev.ragline.document.Corpus;

/**
 * A corpus's settings as the registry has them.
 *
 * @param identity tells the corpus from those that had its id before
 * @param collection where its chunks are
 * @param deleted whether it is gone, and only waits for its last readers
 */
record CorpusRow(
    String identity, String collection, Corpus corpus, boolean deleted, Head.Stamp stamp) {}
