package dev.ragline.answering;

import dev.ragline.answering.Answer.AbstainReason;
import dev.ragline.answering.AnswerEvent.Retrieved;
import dev.ragline.answering.AnswerEvent.Started;
import dev.ragline.answering.AnswerEvent.UsageReported;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Deadline;
import dev.ragline.document.Stage;
import dev.ragline.gating.Gate;
import dev.ragline.gating.Verdict;
import dev.ragline.generation.TokenUsage;
import dev.ragline.retrieval.Grounds;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Retrieval;
import dev.ragline.retrieval.Retriever;
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
    draft.emit(new Started(writer.name()));
    deadline.check("retrieve");
    Retrieval found = retriever.retrieve(corpus, question, spec.retrieval().forAnswer(), deadline);
    draft.emit(new Retrieved(found.passages(), found.rewrittenQuestion(), found.candidates()));
    found.warnings().forEach(warning -> draft.warn(warning.code(), warning.message()));
    AbstainReason nothing = nothingFound(found);
    if (nothing != null) {
      return abstain(draft, found, nothing);
    }
    Verdict verdict = Gate.judge(found.grounds(), spec.grounding());
    Retrieval judged = verdict == null ? found : found.followedBy(verdict.stage());
    if (verdict != null && !verdict.passes()) {
      return abstain(draft, judged, AbstainReason.NO_RELEVANT_PASSAGE);
    }
    deadline.check("generate");
    return write(found.standaloneQuestion(question), judged, deadline, draft);
  }

  private static @Nullable AbstainReason nothingFound(Retrieval found) {
    if (found.corpusEmpty()) {
      return AbstainReason.EMPTY_CORPUS;
    }
    if (!found.passages().isEmpty()) {
      return null;
    }
    Grounds grounds = found.grounds();
    return grounds != null && grounds.filterMatchesNothing()
        ? AbstainReason.FILTER_MATCHES_NOTHING
        : AbstainReason.NO_RELEVANT_PASSAGE;
  }

  private Answer write(String question, Retrieval found, Deadline deadline, EventDraft draft) {
    long start = nanoClock.getAsLong();
    AnswerWriter.Outcome outcome = writer.write(question, found, deadline, draft);
    draft.close();
    boolean abstained = outcome.state() == Answer.State.ABSTAINED;
    if (abstained && draft.length() > 0) {
      throw new IllegalStateException(writer.name() + " wrote an answer and abstained");
    }
    if (!outcome.usage().equals(TokenUsage.NONE)) {
      draft.emit(new UsageReported(outcome.usage()));
    }
    List<Stage> stages = new ArrayList<>(found.stages());
    Duration elapsed = Duration.ofNanos(nanoClock.getAsLong() - start);
    stages.add(new Stage("generate", elapsed, detail(outcome.model(), found.passages())));
    return draft.complete(
        answer(
            draft, found, outcome, stages, abstained ? AbstainReason.NO_RELEVANT_PASSAGE : null));
  }

  private Answer abstain(EventDraft draft, Retrieval found, AbstainReason reason) {
    draft.close();
    AnswerWriter.Outcome nothing =
        new AnswerWriter.Outcome(Answer.State.ABSTAINED, writer.name(), TokenUsage.NONE);
    return draft.complete(answer(draft, found, nothing, found.stages(), reason));
  }

  private static Answer answer(
      EventDraft draft,
      Retrieval found,
      AnswerWriter.Outcome outcome,
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
        outcome.usage(),
        draft.warnings(),
        stages,
        found.rewrittenQuestion(),
        Gate.relevance(found.grounds()));
  }

  private static String detail(String model, List<Passage> passages) {
    int count = passages.size();
    return "%s, from %d %s".formatted(model, count, count == 1 ? "passage" : "passages");
  }
}
