package dev.ragline.retrieval;

import dev.ragline.document.CorpusId;
import dev.ragline.document.Deadline;

/** Finds the passages for a question. */
public interface Retriever {
  /**
   * Finds passages.
   *
   * @throws dev.ragline.document.RagException NOT_FOUND without such a corpus, INVALID_ARGUMENT for
   *     an empty question, FAILED_PRECONDITION when the corpus was built with another embedding
   *     model
   */
  Retrieval retrieve(CorpusId corpus, String question, RetrievalSpec spec, Deadline deadline);
}
