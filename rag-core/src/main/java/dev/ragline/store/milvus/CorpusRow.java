package dev.ragline.store.milvus;

import dev.ragline.document.Corpus;
import dev.ragline.document.RagException;

/**
 * A corpus's settings as the registry has them.
 *
 * @param identity tells the corpus from those that had its id before
 * @param collection where its chunks are
 * @param deleted whether it is gone, and only waits for its last readers
 */
record CorpusRow(
    String identity, String collection, Corpus corpus, boolean deleted, Head.Stamp stamp) {
  /** How reading and writing fail when its collection is not there. */
  RagException collectionMissing() {
    return RagException.failedPrecondition(
        "COLLECTION_MISSING",
        corpus.id().resourceName(),
        "somebody dropped the collection %s of corpus %s in Milvus; delete the corpus to use its id again"
            .formatted(collection, corpus.id()));
  }
}
