package dev.ragline.answering;

import dev.ragline.answering.Answer.AbstainReason;
import dev.ragline.answering.AnswerEvent.Retrieved;
import dev.ragline.answering.AnswerEvent.Started;
import dev.ragline.answering.AnswerEvent.UsageReported;
import dev.ragline.answering.AnswerWriter.Assignment;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Deadline;
import dev.ragline.document.Stage;
import dev.ragline.generation.TokenUsage;
import dev.ragline.retrieval.Expansion;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Retrieval;
import dev.ragline.retrieval.RetrievalSpec;
import dev.ragline.retrieval.Retriever;
import dev.ragline.usage.Meter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Retrieves, has the writer write, and tells what happens as it happens. Safe for many threads. */
public final class StreamingAnswerer implements Answerer {
  private final Retriever retriever;
  private final AnswerWriter writer;
  private final LongSupplier nanoClock;

  /**
   * @param nanoClock a clock such as {@link System#nanoTime()}, by which events are timed
   */
  public StreamingAnswerer(Retriever retriever, AnswerWriter writer, LongSupplier nanoClock) {
    this.retriever = retriever;
    this.writer = writer;
    this.nanoClock = nanoClock;
  }

  @Override
  public Answer answer(
      CorpusId corpus,
      String question,
      AnswerSpec spec,
      Deadline deadline,
      Consumer<AnswerEvent> events) {
    EventDraft draft = new EventDraft(AnswerId.random(corpus), nanoClock, events);
    Meter meter = new Meter();
    return meter.run(() -> answer(corpus, question, spec, deadline, draft, meter));
  }

  private Answer answer(
      CorpusId corpus,
      String question,
      AnswerSpec spec,
      Deadline deadline,
      EventDraft draft,
      Meter meter) {
    draft.emit(new Started(writer.name()));
    deadline.check("retrieve");
    RetrievalSpec retrieval = spec.retrieval();
    RetrievalSpec asked =
        retrieval.expansion() == null ? retrieval.withExpansion(Expansion.FOR_ANSWERS) : retrieval;
    Retrieval found = retriever.retrieve(corpus, question, asked, deadline);
    draft.emit(new Retrieved(found.passages(), found.rewrittenQuestion(), found.candidates()));
    found.warnings().forEach(warning -> draft.warn(warning.code(), warning.message()));
    if (found.corpusEmpty()) {
      return abstain(draft, found, AbstainReason.EMPTY_CORPUS, meter);
    }
    if (found.passages().isEmpty()) {
      return abstain(draft, found, AbstainReason.NO_RELEVANT_PASSAGE, meter);
    }
    deadline.check("generate");
    Assignment assignment =
        new Assignment(
            found.standaloneQuestion(question),
            found,
            retrieval.transforms().history(),
            spec.generation().or(found.generation()));
    return write(assignment, deadline, draft, meter);
  }

  private Answer write(Assignment assignment, Deadline deadline, EventDraft draft, Meter meter) {
    Retrieval found = assignment.found();
    TokenUsage before = chatted(meter);
    long start = nanoClock.getAsLong();
    AnswerWriter.Outcome outcome = writer.write(assignment, deadline, draft);
    draft.close();
    boolean abstained = outcome.state() == Answer.State.ABSTAINED;
    if (abstained && draft.length() > 0) {
      throw new IllegalStateException(writer.name() + " wrote an answer and abstained");
    }
    Usage usage = usage(before, outcome, meter);
    if (!usage.tokens().equals(TokenUsage.NONE)) {
      draft.emit(new UsageReported(usage));
    }
    List<Stage> stages = new ArrayList<>(found.stages());
    stages.addAll(outcome.stages());
    Duration elapsed = Duration.ofNanos(nanoClock.getAsLong() - start);
    stages.add(new Stage("generate", elapsed, detail(outcome.model(), found.passages())));
    return draft.complete(
        answer(
            draft,
            found,
            outcome,
            usage,
            stages,
            abstained ? AbstainReason.NO_RELEVANT_PASSAGE : null));
  }

  /** What language models have told so far. */
  private static TokenUsage chatted(Meter meter) {
    return new TokenUsage(meter.read(), meter.written(), meter.thought());
  }

  private static Usage usage(TokenUsage before, AnswerWriter.Outcome outcome, Meter meter) {
    TokenUsage own = outcome.usage();
    TokenUsage all = before.plus(own);
    Pace pace = outcome.pace();
    if (pace == null) {
      return new Usage(all, meter.embedded(), null, 0);
    }
    double rate = pace.tokensPerSecond(own.completionTokens() - own.reasoningTokens());
    return new Usage(all, meter.embedded(), pace.toFirstText(), rate);
  }

  private Answer abstain(EventDraft draft, Retrieval found, AbstainReason reason, Meter meter) {
    draft.close();
    AnswerWriter.Outcome nothing =
        new AnswerWriter.Outcome(Answer.State.ABSTAINED, writer.name(), TokenUsage.NONE);
    Usage usage = usage(chatted(meter), nothing, meter);
    return draft.complete(answer(draft, found, nothing, usage, found.stages(), reason));
  }

  private static Answer answer(
      EventDraft draft,
      Retrieval found,
      AnswerWriter.Outcome outcome,
      Usage usage,
      List<Stage> stages,
      @Nullable AbstainReason reason) {
    return new Answer(
        draft.id(),
        outcome.state(),
        draft.text(),
        draft.citations(),
        found.passages(),
        reason,
        outcome.model(),
        usage,
        draft.warnings(),
        stages,
        found.rewrittenQuestion());
  }

  private static String detail(String model, List<Passage> passages) {
    int count = passages.size();
    return "%s, from %d %s".formatted(model, count, count == 1 ? "passage" : "passages");
  }
}
