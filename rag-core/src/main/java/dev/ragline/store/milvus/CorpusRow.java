package dev.ragline.store.milvus;

import dev.ragline.document.Corpus;
import dev.ragline.document.RagException;
import dev.ragline.store.CorpusFault;
import dev.ragline.store.KeptSettings;

/**
 * A corpus's settings as the registry has them.
 *
 * @param identity tells the corpus from those that had its id before
 * @param collection where its chunks are
 * @param deleted whether it is gone, and only waits for its last readers
 */
record CorpusRow(
    String identity, String collection, KeptSettings kept, boolean deleted, Head.Stamp stamp) {
  /** The reason of a call on a corpus whose collection is not there. */
  static final String COLLECTION_MISSING = "COLLECTION_MISSING";

  /** Settings that nobody wrote before. */
  CorpusRow(String identity, String collection, Corpus corpus, boolean deleted, Head.Stamp stamp) {
    this(identity, collection, KeptSettings.of(corpus), deleted, stamp);
  }

  Corpus corpus() {
    return kept.corpus();
  }

  /** The same corpus after a change of its settings, or its end. */
  CorpusRow next(Corpus changed, boolean end, Head.Stamp at) {
    return new CorpusRow(identity, collection, kept.with(changed), end, at);
  }

  /** How reading and writing fail when its collection is not there. */
  RagException collectionMissing() {
    return RagException.failedPrecondition(
        COLLECTION_MISSING,
        corpus().id().resourceName(),
        "somebody dropped the collection %s of corpus %s in Milvus; restore it, or delete the corpus"
            .formatted(collection, corpus().id()));
  }

  /** The same for lists. */
  CorpusFault collectionMissingFault() {
    return CorpusFault.damaged("its collection %s is missing in Milvus".formatted(collection));
  }
}
