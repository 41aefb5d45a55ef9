package dev.ragline.answering;

import dev.ragline.alignment.AlignedSentence;
import dev.ragline.alignment.Aligner;
import dev.ragline.answering.Answer.AbstainReason;
import dev.ragline.answering.AnswerEvent.Retrieved;
import dev.ragline.answering.AnswerEvent.Started;
import dev.ragline.answering.AnswerEvent.UsageReported;
import dev.ragline.answering.AnswerWriter.Outcome;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Deadline;
import dev.ragline.document.Stage;
import dev.ragline.generation.TokenUsage;
import dev.ragline.retrieval.Expansion;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Retrieval;
import dev.ragline.retrieval.RetrievalSpec;
import dev.ragline.retrieval.Retriever;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Retrieves, has the writer write, compares what was written with the passages, and tells what
 * happens as it happens. Safe for many threads.
 */
public final class StreamingAnswerer implements Answerer {
  private final Retriever retriever;
  private final AnswerWriter writer;
  private final Aligner aligner;
  private final LongSupplier nanoClock;

  /**
   * @param nanoClock a clock such as {@link System#nanoTime()}, by which events are timed
   */
  public StreamingAnswerer(
      Retriever retriever, AnswerWriter writer, Aligner aligner, LongSupplier nanoClock) {
    this.retriever = retriever;
    this.writer = writer;
    this.aligner = aligner;
    this.nanoClock = nanoClock;
  }

  @Override
  public Answer answer(
      CorpusId corpus,
      String question,
      RetrievalSpec spec,
      GroundingSpec grounding,
      Deadline deadline,
      Consumer<AnswerEvent> events) {
    EventDraft draft = new EventDraft(AnswerId.random(corpus), nanoClock, events);
    draft.emit(new Started(writer.name()));
    deadline.check("retrieve");
    RetrievalSpec asked =
        spec.expansion() == null ? spec.withExpansion(Expansion.FOR_ANSWERS) : spec;
    Retrieval found = retriever.retrieve(corpus, question, asked, deadline);
    draft.emit(new Retrieved(found.passages(), found.rewrittenQuestion(), found.candidates()));
    found.warnings().forEach(warning -> draft.warn(warning.code(), warning.message()));
    if (found.corpusEmpty()) {
      return abstain(draft, found, AbstainReason.EMPTY_CORPUS);
    }
    if (found.passages().isEmpty()) {
      return abstain(draft, found, AbstainReason.NO_RELEVANT_PASSAGE);
    }
    deadline.check("generate");
    String alone = found.standaloneQuestion(question);
    return grounding.unsupported() == GroundingSpec.Unsupported.ABSTAIN
        ? writeHeld(alone, found, deadline, draft)
        : write(alone, found, deadline, draft);
  }

  private Answer write(String question, Retrieval found, Deadline deadline, EventDraft draft) {
    List<Stage> stages = new ArrayList<>(found.stages());
    Outcome outcome = generate(question, found, deadline, draft, stages);
    draft.close();
    reportUsage(outcome, draft);
    Support support = align(found, draft.text(), draft.citations(), deadline, draft, stages);
    if (support.nothing()) {
      draft.note("UNSUPPORTED_ANSWER", "the passages support no sentence of the answer");
    }
    AbstainReason reason = reasonOf(outcome, draft.text());
    return draft.complete(answer(draft, found, outcome, support.sentences(), stages, reason));
  }

  /** The same without a word to anybody before it is known that the text is supported. */
  private Answer writeHeld(String question, Retrieval found, Deadline deadline, EventDraft draft) {
    List<Stage> stages = new ArrayList<>(found.stages());
    HeldDraft held = new HeldDraft();
    Outcome outcome = generate(question, found, deadline, held, stages);
    held.close();
    Support support = align(found, held.text(), held.citations(), deadline, draft, stages);
    if (!support.nothing()) {
      held.release(draft);
    }
    draft.close();
    reportUsage(outcome, draft);
    if (support.nothing()) {
      Outcome nothing = new Outcome(Answer.State.ABSTAINED, outcome.model(), outcome.usage());
      return draft.complete(
          answer(draft, found, nothing, List.of(), stages, AbstainReason.NOTHING_SUPPORTED));
    }
    AbstainReason reason = reasonOf(outcome, draft.text());
    return draft.complete(answer(draft, found, outcome, support.sentences(), stages, reason));
  }

  private Outcome generate(
      String question,
      Retrieval found,
      Deadline deadline,
      AnswerWriter.Draft draft,
      List<Stage> stages) {
    long start = nanoClock.getAsLong();
    Outcome outcome = writer.write(question, found.passages(), deadline, draft);
    stages.add(new Stage("generate", since(start), detail(outcome.model(), found.passages())));
    return outcome;
  }

  /** The sentences of a text that is written, and how it stands with them. */
  private record Support(List<AlignedSentence> sentences) {
    /** Whether something is claimed, and nothing of it supported. */
    boolean nothing() {
      return sentences.stream().anyMatch(AlignedSentence::unsupported)
          && sentences.stream().noneMatch(AlignedSentence::supported);
    }

    String detail() {
      long unsupported = sentences.stream().filter(AlignedSentence::unsupported).count();
      return "%d of %d sentences unsupported".formatted(unsupported, sentences.size());
    }
  }

  private Support align(
      Retrieval found,
      String text,
      List<Citation> citations,
      Deadline deadline,
      EventDraft draft,
      List<Stage> stages) {
    if (text.isBlank()) {
      return new Support(List.of());
    }
    long start = nanoClock.getAsLong();
    List<Aligner.Cited> cited =
        citations.stream().map(it -> new Aligner.Cited(it.claim(), it.passage().rank())).toList();
    CorpusId corpus = draft.id().corpus();
    Support support = new Support(aligner.align(corpus, text, cited, found.passages(), deadline));
    stages.add(new Stage("align", since(start), support.detail()));
    return support;
  }

  private static void reportUsage(Outcome outcome, EventDraft draft) {
    if (!outcome.usage().equals(TokenUsage.NONE)) {
      draft.emit(new UsageReported(outcome.usage()));
    }
  }

  private @Nullable AbstainReason reasonOf(Outcome outcome, String text) {
    boolean abstained = outcome.state() == Answer.State.ABSTAINED;
    if (abstained && !text.isEmpty()) {
      throw new IllegalStateException(writer.name() + " wrote an answer and abstained");
    }
    return abstained ? AbstainReason.NO_RELEVANT_PASSAGE : null;
  }

  private Answer abstain(EventDraft draft, Retrieval found, AbstainReason reason) {
    draft.close();
    Outcome nothing = new Outcome(Answer.State.ABSTAINED, writer.name(), TokenUsage.NONE);
    return draft.complete(answer(draft, found, nothing, List.of(), found.stages(), reason));
  }

  private static Answer answer(
      EventDraft draft,
      Retrieval found,
      Outcome outcome,
      List<AlignedSentence> sentences,
      List<Stage> stages,
      @Nullable AbstainReason reason) {
    return new Answer(
        draft.id(),
        outcome.state(),
        draft.text(),
        draft.citations(),
        sentences,
        found.passages(),
        reason,
        outcome.model(),
        outcome.usage(),
        draft.warnings(),
        stages,
        found.rewrittenQuestion());
  }

  private Duration since(long start) {
    return Duration.ofNanos(nanoClock.getAsLong() - start);
  }

  private static String detail(String model, List<Passage> passages) {
    int count = passages.size();
    return "%s, from %d %s".formatted(model, count, count == 1 ? "passage" : "passages");
  }
}
