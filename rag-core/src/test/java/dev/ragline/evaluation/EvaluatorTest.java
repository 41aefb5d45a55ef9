package dev.ragline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.answering.Answer;
import dev.ragline.answering.AnswerId;
import dev.ragline.answering.Answerer;
import dev.ragline.answering.Usage;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.document.Warning;
import dev.ragline.evaluation.EvaluationReport.OfKind;
import dev.ragline.evaluation.EvaluationReport.Result;
import dev.ragline.retrieval.Retrieval;
import dev.ragline.retrieval.RetrievalSpec;
import dev.ragline.retrieval.Retriever;
import dev.ragline.store.Corpora;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.Revisions;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.Passages;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EvaluatorTest {
  private static final CorpusId CORPUS = new CorpusId("faq");
  private static final Configuration FIRST =
      new Configuration("first", RetrievalSpec.DEFAULT, RetrievalSpec.DEFAULT);
  private static final Configuration OTHER =
      new Configuration("other", RetrievalSpec.DEFAULT, RetrievalSpec.DEFAULT);
  private static final Answerer NO_ANSWERS =
      (corpus, question, spec, call, events) -> {
        throw new AssertionError("nobody asked");
      };

  /** Finds the passages doc-1 (etcd), doc-2 (MinIO), doc-3 (logs); a question may order them. */
  private static final Retriever RETRIEVER =
      (corpus, question, spec, call) ->
          new Retrieval(
              Passages.of("Etcd keeps metadata.", "MinIO keeps data.", "Logs."),
              false,
              List.of(new Warning("CODE", "something")),
              List.of());

  @TempDir private Path folder;
  private LuceneChunkStore store;

  @BeforeEach
  void open() {
    store = LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
    store.createCorpus(Corpora.of(CORPUS.value()));
    for (String document : List.of("doc-1", "doc-2", "doc-3")) {
      DocumentRevision revision =
          Revisions.of(
              document, List.of("Setup", "Ports & more {#ports}"), Revisions::vector, "One", "Two");
      String _ = store.replaceDocument(CORPUS, revision, Call.UNLIMITED);
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  private final AtomicLong nanos = new AtomicLong();

  private Evaluator evaluator(Retriever retriever, Answerer answerer) {
    return new Evaluator(
        retriever, answerer, store, () -> nanos.getAndAdd(1_000_000), 1, TestExecution.SHARED);
  }

  private static Question expecting(String document, String... answers) {
    return new Question(
        "Q " + document,
        List.of(new Expected(new DocumentId(document), "", "")),
        List.of(answers),
        false,
        "");
  }

  private static Question unanswerable(String text) {
    return new Question(text, List.of(), List.of(), true, "");
  }

  private static EvaluationPlan plan(
      boolean answers, List<Question> questions, Configuration... configurations) {
    return new EvaluationPlan(CORPUS, questions, List.of(configurations), answers, 1);
  }

  @Test
  void evaluate_knownRanks_givesTheFiguresByHand() {
    EvaluationPlan plan =
        plan(
            false,
            List.of(
                expecting("doc-1"),
                expecting("doc-2", "minio  KEEPS", "nobody"),
                expecting("doc-3", "etcd"),
                expecting("doc-4", "tape"),
                unanswerable("Q")),
            FIRST);
    List<Integer> progress = new ArrayList<>();

    EvaluationReport report =
        evaluator(RETRIEVER, NO_ANSWERS).evaluate(plan, Call.UNLIMITED, progress::add);

    Result result = report.configurations().getFirst();
    assertThat(progress).containsExactly(1, 2, 3, 4, 5);
    assertValue(result, Metric.HIT_AT_1, 0.25, 4);
    assertValue(result, Metric.HIT_AT_3, 0.75, 4);
    assertValue(result, Metric.HIT_AT_5, 0.75, 4);
    assertValue(result, Metric.MRR, (1 + 1 / 2.0 + 1 / 3.0) / 4, 4);
    assertValue(result, Metric.NDCG_AT_10, (1 + 1 / (Math.log(3) / Math.log(2)) + 0.5) / 4, 4);
    assertValue(result, Metric.RECALL, 0.75, 4);
    assertValue(result, Metric.ANSWER_IN_FIRST, 1 / 3.0, 3);
    assertValue(result, Metric.ANSWER_IN_FIRST_3, 2 / 3.0, 3);
    assertThat(result.metrics()).doesNotContainKey(Metric.ABSTENTION_RECALL).hasSize(8);
    assertThat(result.differences()).isEmpty();
    assertThat(result.latency().p99()).isEqualTo(Duration.ofMillis(1));
    assertThat(result.warnings()).containsExactly(new Warning("CODE", "something"));
    assertThat(result.outcomes().stream().map(Outcome::rank)).containsExactly(1, 2, 3, 0, 0);
    assertThat(result.outcomes().getFirst().found()).isEmpty();
    assertThat(result.outcomes().get(1).found().stream().map(Outcome.Found::right))
        .containsExactly(false, true, false);
    assertThat(result.outcomes().get(1).found().getFirst().excerpt())
        .isEqualTo("Etcd keeps metadata.");
  }

  private static void assertValue(Result result, Metric metric, double value, int questions) {
    Estimate estimate = Objects.requireNonNull(result.metrics().get(metric), metric.name());
    assertThat(estimate.value()).as(metric.name()).isEqualTo(value);
    assertThat(estimate.questions()).as(metric.name()).isEqualTo(questions);
    assertThat(estimate.low()).isLessThanOrEqualTo(value);
    assertThat(estimate.high()).isGreaterThanOrEqualTo(value);
  }

  @Test
  void evaluate_answers_measuresThemAndTheAbstaining() {
    Answerer answerer =
        (corpus, question, spec, call, events) ->
            answer(
                question.startsWith("Q") ? "Etcd keeps it." : "",
                question.startsWith("Q") ? Answer.State.COMPLETE : Answer.State.ABSTAINED);
    EvaluationPlan plan =
        plan(
            true,
            List.of(
                expecting("doc-1", "etcd"),
                expecting("doc-2", "minio"),
                new Question("abstains wrongly", List.of(), List.of("x"), false, ""),
                unanswerable("abstains rightly"),
                unanswerable("Q answered wrongly")),
            FIRST);

    Result result =
        evaluator(RETRIEVER, answerer)
            .evaluate(plan, Call.UNLIMITED, done -> {})
            .configurations()
            .getFirst();

    assertValue(result, Metric.ANSWER_CONTAINMENT, 1 / 3.0, 3);
    assertValue(result, Metric.ABSTENTION_PRECISION, 0.5, 2);
    assertValue(result, Metric.ABSTENTION_RECALL, 0.5, 2);
    assertValue(result, Metric.FALSE_ABSTENTION, 1 / 3.0, 3);
    assertThat(result.outcomes().stream().map(outcome -> answered(outcome).text()))
        .containsExactly("Etcd keeps it.", "Etcd keeps it.", "", "", "Etcd keeps it.");
    assertThat(answered(result.outcomes().get(2)).relevance()).isEqualTo(0.25);
    assertThat(answered(result.outcomes().getFirst()).relevance()).isNull();
  }

  private static Outcome.Answered answered(Outcome outcome) {
    return Objects.requireNonNull(outcome.answered());
  }

  @Test
  void evaluate_longAnswer_isToldByItsBeginning() {
    Answerer answerer =
        (corpus, question, spec, call, events) -> answer("😀".repeat(3000), Answer.State.COMPLETE);

    Result result =
        evaluator(RETRIEVER, answerer)
            .evaluate(plan(true, List.of(expecting("doc-1")), FIRST), Call.UNLIMITED, done -> {})
            .configurations()
            .getFirst();

    assertThat(answered(result.outcomes().getFirst()).text()).isEqualTo("😀".repeat(1000) + "…");
  }

  @Test
  void evaluate_kinds_haveFiguresOfTheirOwn() {
    Answerer answerer =
        (corpus, question, spec, call, events) ->
            answer(
                question.contains("moon") ? "" : "It is written.",
                question.contains("moon") ? Answer.State.ABSTAINED : Answer.State.COMPLETE);
    List<Question> questions =
        List.of(
            ofKind("table", expecting("doc-1")),
            ofKind("", expecting("doc-9")),
            ofKind("unanswerable", unanswerable("moon?")),
            ofKind(" table ", expecting("doc-2")),
            ofKind("unanswerable", unanswerable("sun?")));

    EvaluationReport report =
        evaluator(RETRIEVER, answerer)
            .evaluate(plan(true, questions, FIRST, OTHER), Call.UNLIMITED, done -> {});

    List<OfKind> kinds = report.configurations().getFirst().kinds();
    assertThat(kinds.stream().map(OfKind::kind)).containsExactly("table", "unanswerable");
    assertThat(kinds.stream().map(OfKind::questions)).containsExactly(2, 2);
    OfKind table = kinds.getFirst();
    OfKind none = kinds.getLast();
    assertThat(Objects.requireNonNull(table.metrics().get(Metric.HIT_AT_1)).value()).isEqualTo(0.5);
    assertThat(Objects.requireNonNull(table.metrics().get(Metric.FALSE_ABSTENTION)).value())
        .isZero();
    assertThat(table.metrics()).doesNotContainKey(Metric.ABSTENTION_RECALL);
    assertThat(Objects.requireNonNull(none.metrics().get(Metric.ABSTENTION_RECALL)).value())
        .isEqualTo(0.5);
    assertThat(none.metrics()).doesNotContainKeys(Metric.HIT_AT_1, Metric.FALSE_ABSTENTION);
    assertThat(table.differences()).isEmpty();
    assertThat(report.configurations().getLast().kinds().getFirst().differences())
        .containsEntry(Metric.HIT_AT_1, new Estimate(0, 0, 0, 2));
  }

  private static Question ofKind(String kind, Question question) {
    return new Question(
        question.text(), question.expected(), question.answers(), question.unanswerable(), kind);
  }

  @Test
  void evaluate_placesThatTheCorpusLacks_areWarnedOf() {
    List<Question> questions =
        List.of(
            expecting("doc-1"),
            expecting("doc-77"),
            expecting("doc-9"),
            expecting("doc-9"),
            inSection("doc-1", "Ports & more"),
            inSection("doc-1", "Title of doc-1"),
            inSection("doc-2", "Colours"),
            inSection("doc-9", "Colours"));

    EvaluationReport report =
        evaluator(RETRIEVER, NO_ANSWERS)
            .evaluate(plan(false, questions, FIRST), Call.UNLIMITED, done -> {});

    assertThat(report.warnings())
        .containsExactly(
            new Warning(
                "EXPECTED_DOCUMENT_MISSING",
                "expected documents that are not in the corpus: doc-77, doc-9 (of 4 questions)"),
            new Warning(
                "EXPECTED_SECTION_MISSING",
                "expected sections that are not in the corpus: doc-1#Title of doc-1,"
                    + " doc-2#Colours (of 2 questions)"));
  }

  @Test
  void evaluate_manyPlacesThatTheCorpusLacks_areCounted() {
    List<Question> questions =
        java.util.stream.IntStream.range(100, 110).mapToObj(i -> expecting("doc-" + i)).toList();

    EvaluationReport report =
        evaluator(RETRIEVER, NO_ANSWERS)
            .evaluate(plan(false, questions, FIRST), Call.UNLIMITED, done -> {});

    assertThat(report.warnings().getFirst().message())
        .endsWith("doc-100, doc-101, doc-102, doc-103, doc-104 and 5 more (of 10 questions)");
  }

  private static Question inSection(String document, String section) {
    Expected place = new Expected(new DocumentId(document), section, "");
    return new Question("Q", List.of(place), List.of(), false, "");
  }

  private static Answer answer(String text, Answer.State state) {
    return new Answer(
        AnswerId.random(CORPUS),
        state,
        text,
        List.of(),
        List.of(),
        List.of(),
        state == Answer.State.ABSTAINED ? Answer.AbstainReason.NO_RELEVANT_PASSAGE : null,
        "fake",
        Usage.NONE,
        List.of(),
        List.of(),
        null,
        state == Answer.State.ABSTAINED ? 0.25 : null,
        null);
  }

  @Test
  void evaluate_twoConfigurations_comparesThemPaired() {
    Retriever worse =
        (corpus, question, spec, call) ->
            spec.equals(OTHER.retrieval())
                ? new Retrieval(List.of(), false, List.of(), List.of())
                : RETRIEVER.retrieve(corpus, question, spec, call);
    Configuration first = new Configuration("first", specOf(5), RetrievalSpec.DEFAULT);

    EvaluationReport report =
        evaluator(worse, NO_ANSWERS)
            .evaluate(
                plan(false, List.of(expecting("doc-1"), expecting("doc-1")), first, OTHER),
                Call.UNLIMITED,
                done -> {});

    assertThat(report.configurations().get(1).differences().get(Metric.MRR))
        .isEqualTo(new Estimate(-1, -1, -1, 2));
  }

  private static RetrievalSpec specOf(int limit) {
    RetrievalSpec usual = RetrievalSpec.DEFAULT;
    return new RetrievalSpec(
        limit, usual.mode(), usual.candidates(), usual.fusion(), usual.freshness());
  }

  @Test
  void evaluate_manyQuestions_asksNoMoreAtOnceThanItMay() {
    Semaphore places = new Semaphore(2);
    AtomicInteger overfull = new AtomicInteger();
    Retriever counting =
        (corpus, question, spec, call) -> {
          if (!places.tryAcquire()) {
            overfull.incrementAndGet();
          }
          try {
            LockSupport.parkNanos(100_000);
            return RETRIEVER.retrieve(corpus, question, spec, call);
          } finally {
            places.release();
          }
        };
    List<Question> questions = java.util.Collections.nCopies(200, expecting("doc-2"));
    List<Integer> progress = new ArrayList<>();

    EvaluationReport report =
        new Evaluator(counting, NO_ANSWERS, store, System::nanoTime, 2, TestExecution.SHARED)
            .evaluate(plan(false, questions, FIRST), Call.UNLIMITED, progress::add);

    assertThat(overfull).hasValue(0);
    assertThat(progress).hasSize(200).isSorted();
    assertThat(report.configurations().getFirst().outcomes()).hasSize(200);
  }

  @Test
  void evaluate_oneQuestionFails_endsWithItsFailure() {
    AtomicInteger asked = new AtomicInteger();
    Retriever failing =
        (corpus, question, spec, call) -> {
          asked.incrementAndGet();
          throw RagException.corpusNotFound(corpus);
        };
    EvaluationPlan plan =
        plan(false, List.of(expecting("doc-1"), expecting("doc-2"), expecting("doc-3")), FIRST);

    RagException failure =
        catchThrowableOfType(
            RagException.class,
            () -> evaluator(failing, NO_ANSWERS).evaluate(plan, Call.UNLIMITED, done -> {}));

    assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(asked).hasValue(1);
  }

  @Test
  void evaluate_interrupted_stopsEveryQuestion() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch stopped = new CountDownLatch(2);
    Retriever blocking =
        (corpus, question, spec, call) -> {
          begun.countDown();
          try {
            throw new AssertionError("" + new CountDownLatch(1).await(1, TimeUnit.HOURS));
          } catch (InterruptedException e) {
            stopped.countDown();
            throw new IllegalStateException(e);
          }
        };
    List<Question> questions = java.util.Collections.nCopies(10, expecting("doc-2"));
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    Thread work =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    var _ =
                        new Evaluator(
                                blocking,
                                NO_ANSWERS,
                                store,
                                System::nanoTime,
                                2,
                                TestExecution.SHARED)
                            .evaluate(plan(false, questions, FIRST), Call.UNLIMITED, done -> {});
                  } catch (RagException e) {
                    failures.add(e);
                  }
                });
    begun.await();

    work.interrupt();
    work.join();

    assertThat(stopped.getCount()).isZero();
    assertThat(failures)
        .singleElement()
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
  }

  @Test
  void plan_notUsable_isRefused() {
    List<Question> one = List.of(expecting("doc-1"));
    assertThatThrownBy(() -> plan(false, List.of(), FIRST)).hasMessageContaining("questions");
    assertThatThrownBy(() -> plan(false, one)).hasMessageContaining("configurations");
    assertThatThrownBy(() -> plan(false, one, FIRST, FIRST)).hasMessageContaining("'first'");
    assertThatThrownBy(() -> unanswerable(" ")).hasMessageContaining("question");
    assertThatThrownBy(() -> new Expected(null, " ", " \n")).hasMessageContaining("document");
    assertThatThrownBy(() -> new Question("q", List.of(), List.of(), false, ""))
        .hasMessageContaining("expected");
    assertThatThrownBy(() -> new Question("q", List.of(), List.of("a"), true, ""))
        .hasMessageContaining("expected");
    assertThatThrownBy(() -> new Question("q", List.of(), List.of(" "), false, ""))
        .hasMessageContaining("answers");
  }
}
