package dev.ragline.admission;

import dev.ragline.answering.Answer;
import dev.ragline.answering.AnswerEvent;
import dev.ragline.answering.AnswerSpec;
import dev.ragline.answering.Answerer;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import java.util.function.Consumer;

/** Answers questions that are let in. */
public record AdmittedAnswerer(Answerer answerer, Admission admission) implements Answerer {
  @Override
  public Answer answer(
      CorpusId corpus, String question, AnswerSpec spec, Call call, Consumer<AnswerEvent> events) {
    try (var admitted = admission.admit(corpus, spec.retrieval(), call)) {
      return answerer.answer(corpus, question, spec, admitted.call(), events);
    }
  }
}
