package dev.ragline.store.milvus;

/** What is told of each step of a change that is done, which is where a crash is tried. */
interface Steps {
  /** Nobody listens. */
  Steps UNHEARD = step -> {};

  void done(Step step);

  /** The steps, in order within each change. */
  enum Step {
    INTENT_WRITTEN,
    CHUNKS_WRITTEN,
    CONTENT_WRITTEN,
    HEAD_WRITTEN,
    OLD_CHUNKS_REMOVED,
    OLD_CONTENT_REMOVED,
    OLD_HEADS_REMOVED,
    INTENT_REMOVED,

    CREATION_NOTED,
    COLLECTION_CREATED,
    NAME_TAKEN,
    CORPUS_WRITTEN,
    CORPUS_CREATED,

    END_OF_CORPUS_WRITTEN,
    NAME_FREED,
    COLLECTION_DROPPED,
    CONTENT_OF_CORPUS_REMOVED,
    CORPUS_FORGOTTEN
  }
}
