package dev.ragline.answering;

import dev.ragline.alignment.AlignedSentence;
import dev.ragline.alignment.Aligner.Cited;
import dev.ragline.answering.Answer.AbstainReason;
import dev.ragline.answering.AnswerEvent.Retrieved;
import dev.ragline.answering.AnswerEvent.Started;
import dev.ragline.answering.AnswerEvent.UsageReported;
import dev.ragline.answering.AnswerWriter.Assignment;
import dev.ragline.answering.AnswerWriter.Outcome;
import dev.ragline.call.Call;
import dev.ragline.call.Meter;
import dev.ragline.document.Stage;
import dev.ragline.gating.Confidence;
import dev.ragline.gating.Gate;
import dev.ragline.gating.Verdict;
import dev.ragline.generation.TokenUsage;
import dev.ragline.retrieval.Grounds;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Retrieval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One question on its way to an answer. For one thread. */
final class Answering {
  private final StreamingAnswerer by;
  private final AnswerSpec spec;
  private final Call call;
  private final EventDraft draft;
  private final Meter meter;
  private final List<Stage> stages = new ArrayList<>();

  /** How sure it is that the passages hold what was asked for; null where not judged. */
  private @Nullable Confidence confidence;

  Answering(StreamingAnswerer by, AnswerSpec spec, Call call, EventDraft draft) {
    this.by = by;
    this.spec = spec;
    this.call = call;
    this.draft = draft;
    this.meter = call.meter();
  }

  Answer answer(String question) {
    draft.emit(new Started(by.writer().name()));
    call.check("retrieve");
    Retrieval found =
        by.retriever().retrieve(draft.id().corpus(), question, spec.retrieval().forAnswer(), call);
    stages.addAll(found.stages());
    Verdict verdict =
        Gate.judge(found.grounds(), spec.grounding().gate(), by.writer().usualThreshold());
    confidence = verdict == null ? null : verdict.confidence();
    draft.emit(
        new Retrieved(found.passages(), found.rewrittenQuestion(), found.candidates(), confidence));
    found.warnings().forEach(warning -> draft.warn(warning.code(), warning.message()));
    AbstainReason nothing = nothingFound(found);
    if (nothing != null) {
      return abstain(found, nothing);
    }
    if (verdict != null) {
      stages.add(verdict.stage());
      if (!verdict.passes()) {
        return abstain(found, AbstainReason.NO_RELEVANT_PASSAGE);
      }
    }
    call.check("generate");
    Assignment assignment =
        new Assignment(
            found.standaloneQuestion(question),
            found,
            spec.retrieval().transforms().history(),
            spec.generation().or(found.generation()));
    return spec.grounding().unsupported() == GroundingSpec.Unsupported.ABSTAIN
        ? writeHeld(assignment)
        : write(assignment);
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

  private Answer write(Assignment assignment) {
    TokenUsage before = chatted();
    Outcome outcome = generate(assignment, draft);
    draft.close();
    Support support = align(assignment, draft.text(), draft.citations());
    if (support.nothing()) {
      draft.note("UNSUPPORTED_ANSWER", "the passages support no sentence of the answer");
    }
    return complete(assignment.found(), outcome, support.sentences(), usage(before, outcome));
  }

  /** The same without a word to anybody before it is known that the text is supported. */
  private Answer writeHeld(Assignment assignment) {
    Retrieval found = assignment.found();
    TokenUsage before = chatted();
    HeldDraft held = new HeldDraft();
    Outcome outcome = generate(assignment, held);
    held.close();
    if (outcome.state() == Answer.State.ABSTAINED) {
      draft.close();
      return complete(found, outcome, List.of(), usage(before, outcome));
    }
    Support support = align(assignment, held.text(), held.citations());
    Usage usage = usage(before, outcome);
    if (support.nothing()) {
      draft.close();
      return abstained(found, outcome.model(), usage, AbstainReason.NOTHING_SUPPORTED);
    }
    held.release(draft);
    draft.close();
    return complete(found, outcome, support.sentences(), usage);
  }

  private Outcome generate(Assignment assignment, AnswerWriter.Draft to) {
    long start = by.nanoClock().getAsLong();
    Outcome outcome = by.writer().write(assignment, call, to);
    stages.addAll(outcome.stages());
    stages.add(new Stage("generate", since(start), detail(outcome.model(), assignment.passages())));
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

  /** JSON has no sentences: what its texts rest on, their citations say. */
  private Support align(Assignment assignment, String text, List<Citation> citations) {
    if (text.isBlank() || assignment.generation().schema() != null) {
      return new Support(List.of());
    }
    long start = by.nanoClock().getAsLong();
    List<Cited> cited =
        citations.stream().map(it -> new Cited(it.claim(), it.passage().rank())).toList();
    Support support =
        new Support(
            by.aligner().align(draft.id().corpus(), text, cited, assignment.passages(), call));
    stages.add(new Stage("align", since(start), support.detail()));
    return support;
  }

  private Duration since(long start) {
    return Duration.ofNanos(by.nanoClock().getAsLong() - start);
  }

  private static String detail(String model, List<Passage> passages) {
    int count = passages.size();
    return "%s, from %d %s".formatted(model, count, count == 1 ? "passage" : "passages");
  }

  /** What language models have told so far. */
  private TokenUsage chatted() {
    return new TokenUsage(meter.read(), meter.written(), meter.thought());
  }

  private Usage usage(TokenUsage before, Outcome outcome) {
    TokenUsage own = outcome.usage();
    TokenUsage all = before.plus(own);
    Pace pace = outcome.pace();
    if (pace == null) {
      return new Usage(all, meter.embedded(), null, 0);
    }
    double rate = pace.tokensPerSecond(own.completionTokens() - own.reasoningTokens());
    return new Usage(all, meter.embedded(), pace.toFirstText(), rate);
  }

  private Answer complete(
      Retrieval found, Outcome outcome, List<AlignedSentence> sentences, Usage usage) {
    if (outcome.state() == Answer.State.ABSTAINED) {
      if (draft.length() > 0) {
        throw new IllegalStateException(by.writer().name() + " wrote an answer and abstained");
      }
      return abstained(found, outcome.model(), usage, by.writer().foundNone());
    }
    return complete(found, outcome.state(), outcome.model(), sentences, usage, null);
  }

  private Answer abstain(Retrieval found, AbstainReason reason) {
    draft.close();
    Usage usage = new Usage(chatted(), meter.embedded(), null, 0);
    return abstained(found, by.writer().name(), usage, reason);
  }

  private Answer abstained(Retrieval found, String model, Usage usage, AbstainReason reason) {
    return complete(found, Answer.State.ABSTAINED, model, List.of(), usage, reason);
  }

  private Answer complete(
      Retrieval found,
      Answer.State state,
      String model,
      List<AlignedSentence> sentences,
      Usage usage,
      @Nullable AbstainReason reason) {
    if (!usage.tokens().equals(TokenUsage.NONE)) {
      draft.emit(new UsageReported(usage));
    }
    return draft.complete(
        new Answer(
            draft.id(),
            state,
            draft.text(),
            draft.citations(),
            sentences,
            found.passages(),
            reason,
            model,
            usage,
            draft.warnings(),
            stages,
            found.rewrittenQuestion(),
            Gate.relevance(found.grounds()),
            confidence));
  }
}
