package dev.ragline.retrieval;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;

/** Finds the passages for a question. */
public interface Retriever {
  /**
   * Finds passages.
   *
   * @throws dev.ragline.document.RagException NOT_FOUND without such a corpus, INVALID_ARGUMENT for
   *     an empty question or a filter that is refused, FAILED_PRECONDITION when the corpus was
   *     built with another embedding model, or by a version without filters and there is one, or
   *     when a reranker is required that is not there
   */
  Retrieval retrieve(CorpusId corpus, String question, RetrievalSpec spec, Call call);
}
