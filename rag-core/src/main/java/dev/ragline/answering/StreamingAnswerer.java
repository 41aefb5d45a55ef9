package dev.ragline.answering;

import dev.ragline.alignment.Aligner;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.retrieval.Retriever;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Retrieves, has the writer write, compares what was written with the passages, and tells what
 * happens as it happens. Safe for many threads.
 *
 * @param nanoClock a clock such as {@link System#nanoTime()}, by which events are timed
 */
public record StreamingAnswerer(
    Retriever retriever, AnswerWriter writer, Aligner aligner, LongSupplier nanoClock)
    implements Answerer {
  @Override
  public Answer answer(
      CorpusId corpus, String question, AnswerSpec spec, Call call, Consumer<AnswerEvent> events) {
    EventDraft draft = new EventDraft(AnswerId.random(corpus), nanoClock, events);
    Call metered = call.countedBy(call.meter().inner());
    return new Answering(this, spec, metered, draft).answer(question);
  }
}
