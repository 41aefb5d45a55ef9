package dev.ragline.admission;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.retrieval.Retrieval;
import dev.ragline.retrieval.RetrievalSpec;
import dev.ragline.retrieval.Retriever;

/** Finds passages for questions that are let in. */
public record AdmittedRetriever(Retriever retriever, Admission admission) implements Retriever {
  @Override
  public Retrieval retrieve(CorpusId corpus, String question, RetrievalSpec spec, Call call) {
    try (var admitted = admission.admit(corpus, spec, call)) {
      return retriever.retrieve(corpus, question, spec, admitted.call());
    }
  }
}
