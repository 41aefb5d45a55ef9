package dev.ragline.admission;

import dev.ragline.answering.Answer;
import dev.ragline.answering.AnswerEvent;
import dev.ragline.answering.AnswerSpec;
import dev.ragline.answering.Answerer;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Deadline;
import java.util.function.Consumer;

/** Answers questions that are let in. */
public record AdmittedAnswerer(Answerer answerer, Admission admission) implements Answerer {
  @Override
  public Answer answer(
      CorpusId corpus,
      String question,
      AnswerSpec spec,
      Deadline deadline,
      Consumer<AnswerEvent> events) {
    return admission.admit(
        corpus, spec.retrieval(), () -> answerer.answer(corpus, question, spec, deadline, events));
  }
}
