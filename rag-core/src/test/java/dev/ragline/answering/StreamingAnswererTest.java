package dev.ragline.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.alignment.AlignedSentence;
import dev.ragline.alignment.Aligner;
import dev.ragline.alignment.SentenceAligner;
import dev.ragline.answering.Answer.AbstainReason;
import dev.ragline.answering.Answer.State;
import dev.ragline.answering.AnswerEvent.Completed;
import dev.ragline.answering.AnswerEvent.Happening;
import dev.ragline.answering.AnswerEvent.Retrieved;
import dev.ragline.answering.AnswerEvent.Started;
import dev.ragline.answering.AnswerEvent.TextDelta;
import dev.ragline.answering.AnswerEvent.UsageReported;
import dev.ragline.answering.AnswerEvent.Warned;
import dev.ragline.answering.GroundingSpec.Unsupported;
import dev.ragline.call.Call;
import dev.ragline.document.ByteRange;
import dev.ragline.document.CorpusId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.GenerationSettings;
import dev.ragline.document.GroundingSettings;
import dev.ragline.document.RagException;
import dev.ragline.document.Stage;
import dev.ragline.document.Warning;
import dev.ragline.gating.Confidence;
import dev.ragline.gating.Gate;
import dev.ragline.generation.TokenUsage;
import dev.ragline.retrieval.CosineScale;
import dev.ragline.retrieval.Expansion;
import dev.ragline.retrieval.Grounds;
import dev.ragline.retrieval.Likeness;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Retrieval;
import dev.ragline.retrieval.RetrievalSpec;
import dev.ragline.retrieval.Retriever;
import dev.ragline.testing.AbsentStore;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.testing.FakeRetriever;
import dev.ragline.testing.Likenesses;
import dev.ragline.testing.Passages;
import dev.ragline.testing.TestExecution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamingAnswererTest {
  private static final List<Passage> PASSAGES = Passages.of("Etcd keeps metadata.", "Other.");
  private static final TokenUsage USAGE = new TokenUsage(5, 2);

  /** An aligner whose store is away. */
  private static final Aligner BY_WORDS =
      new SentenceAligner(new FakeEmbedder(), new AbsentStore(), TestExecution.SHARED);

  private static final Retriever FOUND = FakeRetriever.finding(PASSAGES);
  private static final GroundingSpec MARK = GroundingSpec.DEFAULT;
  private static final GroundingSpec ABSTAIN =
      new GroundingSpec(GroundingSettings.DEFAULT, Unsupported.ABSTAIN);

  private final List<AnswerEvent> events = new ArrayList<>();
  private final AtomicLong clock = new AtomicLong();

  /** Writes a text and ends as told. */
  private record FixedWriter(String text, State state, TokenUsage usage) implements AnswerWriter {
    @Override
    public String name() {
      return "fixed";
    }

    @Override
    public Outcome write(String question, List<Passage> found, Call call, Draft draft) {
      draft.text(text);
      return new Outcome(state, "fixed-1", usage);
    }

    @Override
    public void close() {}
  }

  /** Writes a text and cites the first passage for all of it. */
  private record CitingWriter(String text) implements AnswerWriter {
    @Override
    public String name() {
      return "citing";
    }

    @Override
    public Outcome write(String question, List<Passage> found, Call call, Draft draft) {
      draft.text(text);
      QuotablePassage passage = new QuotablePassage(found.getFirst());
      draft.cite(
          passage.cite(new ByteRange(0, draft.length()), passage.bestFor(Words.content(text))));
      return new Outcome(State.COMPLETE, "citing-1", USAGE);
    }

    @Override
    public void close() {}
  }

  @Test
  void answer_passagesFound_tellsEverythingInOrder() {
    Answer answer =
        answer(FakeRetriever.finding(PASSAGES), State.COMPLETE, "In etcd.\uD83D", USAGE);

    assertThat(events.stream().map(AnswerEvent::happening))
        .containsExactly(
            new Started("fixed"),
            new Retrieved(PASSAGES),
            new TextDelta("In etcd.", 0),
            new TextDelta("\uFFFD", 8),
            new UsageReported(Usage.of(USAGE)),
            new Completed(answer));
    assertThat(events).extracting(AnswerEvent::sequence).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(events).extracting(AnswerEvent::elapsed).isSorted().doesNotHaveDuplicates();
    assertThat(events).extracting(AnswerEvent::answer).containsOnly(answer.id());
    assertThat(answer.text()).isEqualTo("In etcd.\uFFFD");
    assertThat(answer.passages()).isEqualTo(PASSAGES);
    assertThat(answer.model()).isEqualTo("fixed-1");
    assertThat(answer.usage()).isEqualTo(Usage.of(USAGE));
    assertThat(answer.stages())
        .containsExactly(
            FakeRetriever.SEARCH,
            new Stage("generate", Duration.ofNanos(20), "fixed-1, from 2 passages"),
            new Stage("align", Duration.ofNanos(10), "0 of 1 sentences unsupported"));
  }

  @Test
  void answer_settingsAndUsage_areThoseOfQuestionAndCorpusTogether() {
    GenerationSettings corpus = settings("m", 0.5);
    Retriever retriever =
        (id, question, spec, call) -> {
          call.meter().countChat(100, 10, 4, 110);
          call.meter().countEmbedded(9);
          return new Retrieval(
              PASSAGES, false, List.of(), List.of(), null, List.of(), null, corpus, null);
        };
    List<GenerationSettings> followed = new ArrayList<>();
    AnswerWriter writer =
        new AnswerWriter() {
          @Override
          public String name() {
            return "paced";
          }

          @Override
          public Outcome write(String question, List<Passage> passages, Call call, Draft draft) {
            throw new AssertionError("the settings are lost");
          }

          @Override
          public Outcome write(Assignment assignment, Call call, Draft draft) {
            followed.add(assignment.generation());
            call.meter().countChat(5, 2, 1, 7); // as the model's own meter does
            draft.text("x");
            Pace pace = new Pace(Duration.ofMillis(30), Duration.ofMillis(500));
            Stage stage = new Stage("fit", Duration.ZERO, "all");
            return new Outcome(
                State.COMPLETE, "paced", new TokenUsage(5, 2, 1), pace, List.of(stage));
          }

          @Override
          public void close() {}
        };
    Answer answer =
        new StreamingAnswerer(retriever, writer, BY_WORDS, () -> clock.getAndAdd(10))
            .answer(
                new CorpusId("c"),
                "Where?",
                new AnswerSpec(RetrievalSpec.DEFAULT, settings(null, 1.0), GroundingSpec.DEFAULT),
                Call.UNLIMITED,
                events::add);
    assertThat(followed).containsExactly(settings("m", 1.0));
    assertThat(answer.usage())
        .isEqualTo(new Usage(new TokenUsage(105, 12, 5), 9, Duration.ofMillis(30), 2));
    assertThat(answer.stages()).extracting(Stage::name).containsExactly("fit", "generate", "align");
  }

  private static GenerationSettings settings(@Nullable String model, double temperature) {
    return new GenerationSettings(
        model, temperature, null, null, List.of(), null, null, null, null);
  }

  @Test
  void answer_usageUnknown_isNotReported() {
    answer(FakeRetriever.finding(PASSAGES), State.INTERRUPTED, "In", TokenUsage.NONE);
    assertThat(events).noneMatch(e -> e.happening() instanceof UsageReported);
  }

  @Test
  void answer_emptyCorpus_abstainsWithoutWriting() {
    Answer answer = answer(FakeRetriever.ofEmptyCorpus(), State.COMPLETE, "text", USAGE);
    assertThat(answer.state()).isEqualTo(State.ABSTAINED);
    assertThat(answer.abstainReason()).isEqualTo(AbstainReason.EMPTY_CORPUS);
    assertThat(answer.text()).isEmpty();
    assertThat(events.stream().map(AnswerEvent::happening))
        .containsExactly(new Started("fixed"), new Retrieved(List.of()), new Completed(answer));
  }

  @Test
  void answer_nothingFound_abstainsForTheOtherReason() {
    Answer answer = answer(FakeRetriever.finding(List.of()), State.COMPLETE, "text", USAGE);
    assertThat(answer.abstainReason()).isEqualTo(AbstainReason.NO_RELEVANT_PASSAGE);
    assertThat(answer.stages()).containsExactly(FakeRetriever.SEARCH);
  }

  @Test
  void answer_passagesNotRelevant_abstainsBeforeTheWriter() {
    Answer answer = answer(judged(Likenesses.STRANGE), State.COMPLETE, "text", USAGE);
    assertThat(answer.state()).isEqualTo(State.ABSTAINED);
    assertThat(answer.abstainReason()).isEqualTo(AbstainReason.NO_RELEVANT_PASSAGE);
    assertThat(answer.relevance()).isLessThan(Gate.THRESHOLD);
    assertThat(answer.passages()).isEqualTo(PASSAGES);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.usage()).isEqualTo(Usage.NONE);
    assertThat(answer.stages()).extracting(Stage::name).containsExactly("gate");
  }

  @Test
  void answer_passagesRelevant_goesThroughTheGate() {
    Answer answer = answer(judged(Likenesses.ALIKE), State.COMPLETE, "text", USAGE);
    assertThat(answer.state()).isEqualTo(State.COMPLETE);
    assertThat(answer.relevance()).isGreaterThan(Gate.THRESHOLD);
    assertThat(answer.stages())
        .extracting(Stage::name)
        .containsExactly("gate", "generate", "align");
  }

  @Test
  void answer_confidence_isToldWithThePassagesAndInTheAnswer() {
    Answer sure = answer(judged(Likenesses.ALIKE), State.COMPLETE, "text", USAGE);
    assertThat(sure.confidence()).isEqualTo(Confidence.HIGH);
    Answer unsure = answer(judged(Likenesses.STRANGE), State.COMPLETE, "text", USAGE);
    assertThat(unsure.confidence()).isEqualTo(Confidence.LOW);
    assertThat(events.stream().map(AnswerEvent::happening))
        .contains(
            new Retrieved(PASSAGES, null, List.of(), Confidence.HIGH),
            new Retrieved(PASSAGES, null, List.of(), Confidence.LOW));
  }

  @Test
  void answer_writerFindsNone_saysWhyItAbstains() {
    AnswerWriter reader =
        new AnswerWriter() {
          @Override
          public String name() {
            return "reader";
          }

          @Override
          public double usualThreshold() {
            return 0;
          }

          @Override
          public AbstainReason foundNone() {
            return AbstainReason.NOT_IN_PASSAGES;
          }

          @Override
          public Outcome write(String question, List<Passage> found, Call call, Draft draft) {
            return new Outcome(State.ABSTAINED, "reader-1", USAGE);
          }

          @Override
          public void close() {}
        };
    for (GroundingSpec grounding : List.of(MARK, ABSTAIN)) {
      Answer answer =
          new StreamingAnswerer(
                  judged(Likenesses.STRANGE), reader, BY_WORDS, () -> clock.getAndAdd(10))
              .answer(
                  new CorpusId("c"),
                  "q",
                  new AnswerSpec(RetrievalSpec.DEFAULT, GenerationSettings.NONE, grounding),
                  Call.UNLIMITED,
                  events::add);
      assertThat(answer.state()).isEqualTo(State.ABSTAINED);
      assertThat(answer.abstainReason()).isEqualTo(AbstainReason.NOT_IN_PASSAGES);
      assertThat(answer.usage().tokens()).isEqualTo(USAGE);
    }
  }

  @Test
  void answer_thresholdOfZero_answersFromWhateverWasFound() {
    StreamingAnswerer answerer =
        new StreamingAnswerer(
            judged(Likenesses.STRANGE),
            new FixedWriter("text", State.COMPLETE, USAGE),
            BY_WORDS,
            () -> clock.getAndAdd(10));
    Answer answer =
        answerer.answer(
            new CorpusId("c"),
            "Where?",
            new AnswerSpec(
                RetrievalSpec.DEFAULT,
                GenerationSettings.NONE,
                new GroundingSpec(new GroundingSettings(0.0), Unsupported.MARK)),
            Call.UNLIMITED,
            events::add);
    assertThat(answer.state()).isEqualTo(State.COMPLETE);
  }

  @Test
  void answer_filterMatchesNothing_saysSo() {
    Grounds grounds =
        new Grounds(
            GroundingSettings.DEFAULT,
            true,
            null,
            null,
            CosineScale.NONE,
            Map.of(),
            Map.of(),
            Map.of());
    Answer answer = answer(retriever(List.of(), grounds), State.COMPLETE, "text", USAGE);
    assertThat(answer.abstainReason()).isEqualTo(AbstainReason.FILTER_MATCHES_NOTHING);
    assertThat(answer.relevance()).isNull();
  }

  private static Retriever judged(Likeness likeness) {
    return retriever(PASSAGES, Likenesses.grounds(likeness, GroundingSettings.DEFAULT));
  }

  private static Retriever retriever(List<Passage> passages, Grounds grounds) {
    return (corpus, question, spec, call) ->
        new Retrieval(
            passages,
            false,
            List.of(),
            List.of(),
            null,
            List.of(),
            null,
            GenerationSettings.NONE,
            grounds);
  }

  @Test
  void answer_writerAbstains_keepsPassagesAndStages() {
    Answer answer = answer(FakeRetriever.finding(PASSAGES), State.ABSTAINED, "", TokenUsage.NONE);
    assertThat(answer.abstainReason()).isEqualTo(AbstainReason.NO_RELEVANT_PASSAGE);
    assertThat(answer.passages()).isEqualTo(PASSAGES);
    assertThat(answer.stages()).extracting(Stage::name).containsExactly("search", "generate");
  }

  @Test
  void answer_writerAbstainsAfterWriting_isADefect() {
    assertThatThrownBy(
            () -> answer(FakeRetriever.finding(PASSAGES), State.ABSTAINED, "x", TokenUsage.NONE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void answer_retrieverFails_completesNothing() {
    Retriever failing =
        (corpus, question, spec, call) -> {
          throw RagException.corpusNotFound(corpus);
        };
    assertThatThrownBy(() -> answer(failing, State.COMPLETE, "x", USAGE))
        .isInstanceOf(RagException.class);
    assertThat(events).extracting(AnswerEvent::happening).containsExactly(new Started("fixed"));
  }

  @Test
  void answer_interruptedWhileRetrieving_writesNothing() {
    Retriever interrupted =
        (corpus, question, spec, call) -> {
          Thread.currentThread().interrupt();
          return new Retrieval(PASSAGES, false, List.of(), List.of());
        };
    try {
      assertThatThrownBy(() -> answer(interrupted, State.COMPLETE, "x", USAGE))
          .isInstanceOfSatisfying(
              RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(events).hasSize(2);
  }

  @Test
  void answer_expansion_isTheSectionUnlessAskedOtherwise() {
    List<Expansion> asked = new ArrayList<>();
    Retriever retriever =
        (corpus, question, spec, call) -> {
          asked.add(spec.expansion());
          return new Retrieval(PASSAGES, false, List.of(), List.of());
        };
    var _ = answer(retriever, State.COMPLETE, "x", USAGE);
    StreamingAnswerer answerer =
        new StreamingAnswerer(
            retriever,
            new FixedWriter("x", State.COMPLETE, USAGE),
            BY_WORDS,
            () -> clock.getAndAdd(10));
    var _ =
        answerer.answer(
            new CorpusId("c"),
            "Where?",
            RetrievalSpec.DEFAULT.withExpansion(Expansion.NONE),
            Call.UNLIMITED,
            event -> {});

    assertThat(asked).containsExactly(Expansion.FOR_ANSWERS, Expansion.NONE);
  }

  @Test
  void answer_rewrittenQuestion_isShownAndAnswered() {
    String alone = "Where is the lake?";
    Retriever rewriting =
        (corpus, question, spec, call) ->
            new Retrieval(PASSAGES, false, List.of(), List.of(), alone, List.of());
    List<String> answered = new ArrayList<>();
    AnswerWriter writer =
        new AnswerWriter() {
          @Override
          public String name() {
            return "asked";
          }

          @Override
          public Outcome write(String question, List<Passage> found, Call d, Draft draft) {
            answered.add(question);
            draft.text("There.");
            return new Outcome(State.COMPLETE, name(), USAGE);
          }

          @Override
          public void close() {}
        };
    Answer answer =
        new StreamingAnswerer(rewriting, writer, BY_WORDS, clock::incrementAndGet)
            .answer(
                new CorpusId("c"),
                "Where is it?",
                RetrievalSpec.DEFAULT,
                Call.UNLIMITED,
                events::add);
    assertThat(answered).containsExactly(alone);
    assertThat(answer.rewrittenQuestion()).isEqualTo(alone);
    assertThat(events)
        .extracting(AnswerEvent::happening)
        .contains(new Retrieved(PASSAGES, alone, List.of(), null));
  }

  @Test
  void answer_nothingSupported_isGivenWithAWarning() {
    Answer answer = answer(FOUND, new CitingWriter("Bananas are quite yellow."), MARK);

    assertThat(answer.state()).isEqualTo(State.COMPLETE);
    assertThat(answer.text()).isEqualTo("Bananas are quite yellow.");
    assertThat(answer.sentences()).extracting(AlignedSentence::unsupported).containsExactly(true);
    assertThat(answer.warnings()).extracting(Warning::code).containsExactly("UNSUPPORTED_ANSWER");
    assertThat(events.get(events.size() - 3).happening()).isInstanceOf(Warned.class);
  }

  @Test
  void answer_somethingSupported_flagsTheRestWithoutAWarning() {
    Answer answer =
        answer(FOUND, new CitingWriter("Etcd keeps metadata. Bananas are quite yellow."), MARK);
    assertThat(answer.sentences())
        .extracting(AlignedSentence::unsupported)
        .containsExactly(false, true);
    assertThat(answer.warnings()).isEmpty();
  }

  @Test
  void answer_nothingSupportedAndHeldBack_abstainsWithoutAWord() {
    Answer answer = answer(FOUND, new CitingWriter("Bananas are quite yellow."), ABSTAIN);

    assertThat(answer.state()).isEqualTo(State.ABSTAINED);
    assertThat(answer.abstainReason()).isEqualTo(AbstainReason.NOTHING_SUPPORTED);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.citations()).isEmpty();
    assertThat(answer.sentences()).isEmpty();
    assertThat(answer.passages()).isEqualTo(PASSAGES);
    assertThat(answer.usage()).isEqualTo(Usage.of(USAGE));
    assertThat(events.stream().map(AnswerEvent::happening))
        .containsExactly(
            new Started("citing"),
            new Retrieved(PASSAGES),
            new UsageReported(Usage.of(USAGE)),
            new Completed(answer));
  }

  @Test
  void answer_supportedAndHeldBack_isTheSameAsUnheld() {
    Answer held = answer(FOUND, new CitingWriter("Etcd keeps metadata."), ABSTAIN);
    List<Happening> heldBack = events.stream().map(AnswerEvent::happening).toList();
    events.clear();
    Answer answer = answer(FOUND, new CitingWriter("Etcd keeps metadata."), MARK);

    assertThat(heldBack.subList(0, heldBack.size() - 1))
        .isEqualTo(
            events.stream().map(AnswerEvent::happening).toList().subList(0, heldBack.size() - 1));
    assertThat(held.text()).isEqualTo(answer.text());
    assertThat(held.citations()).isEqualTo(answer.citations());
    assertThat(held.sentences()).isEqualTo(answer.sentences());
    assertThat(held.sentences().getFirst().citations()).containsExactly(0);
  }

  private Answer answer(Retriever retriever, State state, String text, TokenUsage usage) {
    return answer(retriever, new FixedWriter(text, state, usage), GroundingSpec.DEFAULT);
  }

  private Answer answer(Retriever retriever, AnswerWriter writer, GroundingSpec grounding) {
    StreamingAnswerer answerer =
        new StreamingAnswerer(retriever, writer, BY_WORDS, () -> clock.getAndAdd(10));
    AnswerSpec spec = new AnswerSpec(RetrievalSpec.DEFAULT, GenerationSettings.NONE, grounding);
    return answerer.answer(new CorpusId("c"), "Where?", spec, Call.UNLIMITED, events::add);
  }
}
