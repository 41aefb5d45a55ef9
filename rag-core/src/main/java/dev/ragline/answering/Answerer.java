package dev.ragline.answering;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.retrieval.RetrievalSpec;
import java.util.function.Consumer;

/** Answers questions. */
public interface Answerer {
  /**
   * Answers a question, handing over events as they happen, on the calling thread; interrupting it
   * ends the work at once.
   *
   * @param events takes each event; may block, which slows the writer down
   * @return the answer that the last event held
   * @throws dev.ragline.document.RagException as retrieval and the writer do; events may have been
   *     handed over before, but none after
   */
  Answer answer(
      CorpusId corpus, String question, AnswerSpec spec, Call call, Consumer<AnswerEvent> events);

  /** The same with nothing said but how to find passages. */
  default Answer answer(
      CorpusId corpus,
      String question,
      RetrievalSpec spec,
      Call call,
      Consumer<AnswerEvent> events) {
    return answer(corpus, question, AnswerSpec.of(spec), call, events);
  }
}
