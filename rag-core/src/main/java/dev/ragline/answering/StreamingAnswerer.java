package dev.ragline.answering;

import dev.ragline.alignment.Aligner;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Deadline;
import dev.ragline.retrieval.Retriever;
import dev.ragline.usage.Meter;
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
      CorpusId corpus,
      String question,
      AnswerSpec spec,
      Deadline deadline,
      Consumer<AnswerEvent> events) {
    EventDraft draft = new EventDraft(AnswerId.random(corpus), nanoClock, events);
    Meter meter = new Meter();
    return meter.run(() -> new Answering(this, spec, deadline, draft, meter).answer(question));
  }
}
