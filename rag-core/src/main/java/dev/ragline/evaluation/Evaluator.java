package dev.ragline.evaluation;

import dev.ragline.answering.Answer;
import dev.ragline.answering.Answerer;
import dev.ragline.call.Call;
import dev.ragline.call.Priority;
import dev.ragline.document.Warning;
import dev.ragline.evaluation.Outcome.Answered;
import dev.ragline.evaluation.Outcome.Found;
import dev.ragline.execution.Execution;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Retrieval;
import dev.ragline.retrieval.Retriever;
import dev.ragline.store.ChunkStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/** Asks the questions of a plan, as many at once as there are cores, and measures. */
public final class Evaluator {
  private static final int SHOWN = 3;
  private static final int EXCERPT = 160;

  /** So that the answers of 10 000 questions fit into one response. */
  private static final int ANSWER = 1000;

  private final Retriever retriever;
  private final Answerer answerer;
  private final ChunkStore store;
  private final LongSupplier nanoTime;
  private final int workers;
  private final Execution execution;

  /**
   * @param store where expected documents are looked for
   * @param nanoTime what durations are measured by
   * @param workers questions at once
   * @param execution what they wait and compute on
   */
  public Evaluator(
      Retriever retriever,
      Answerer answerer,
      ChunkStore store,
      LongSupplier nanoTime,
      int workers,
      Execution execution) {
    this.retriever = retriever;
    this.answerer = answerer;
    this.store = store;
    this.nanoTime = nanoTime;
    this.workers = workers;
    this.execution = execution;
  }

  /**
   * Runs a plan on the calling thread; interrupting it ends the work.
   *
   * @param progress is told, from one thread at a time, how many questions are done
   * @throws dev.ragline.document.RagException as retrieving and answering do, for the first
   *     question that cannot be asked
   */
  public EvaluationReport evaluate(EvaluationPlan plan, Call asked, IntConsumer progress) {
    Call call = asked.on(plan.corpus()).at(Priority.BATCH);
    List<Warning> missing =
        ExpectedPlaces.missing(
            store, plan, plan.configurations().getFirst().retrieval().freshness(), call);
    int questions = plan.questions().size();
    List<Outcome[]> outcomes = new ArrayList<>();
    List<Map<String, Warning>> warnings = new ArrayList<>();
    for (Configuration _ : plan.configurations()) {
      outcomes.add(new Outcome[questions]);
      warnings.add(new ConcurrentSkipListMap<>());
    }
    Progress done = new Progress(progress);
    Crew.run(
        questions,
        workers,
        index -> {
          int configurations = plan.configurations().size();
          for (int i = 0; i < configurations; i++) {
            // Who is first has the question in no cache: the turn goes round.
            int turn = (index + i) % configurations;
            outcomes.get(turn)[index] =
                ask(plan, plan.configurations().get(turn), index, warnings.get(turn), call);
          }
          done.oneMore();
        },
        execution.waiting(),
        call);
    return execution
        .compute()
        .run(
            "score",
            call,
            () ->
                new Scoring(plan, outcomes.stream().map(List::of).toList(), call)
                    .report(
                        warnings.stream().map(ofOne -> List.copyOf(ofOne.values())).toList(),
                        missing));
  }

  private Outcome ask(
      EvaluationPlan plan,
      Configuration configuration,
      int index,
      Map<String, Warning> warnings,
      Call call) {
    Question question = plan.questions().get(index);
    long start = nanoTime.getAsLong();
    Retrieval retrieval =
        retriever.retrieve(plan.corpus(), question.text(), configuration.retrieval(), call);
    Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - start);
    retrieval.warnings().forEach(warning -> warnings.putIfAbsent(warning.code(), warning));
    List<Passage> ranking = retrieval.passages();
    Placing placing = Placing.of(question.expected(), ranking);
    Answered answered =
        plan.answers() ? answer(plan, configuration, question, warnings, call) : null;
    return new Outcome(
        placing,
        elapsed,
        answerRank(question, ranking),
        placing.whole() == null || placing.first() == 1 ? List.of() : found(question, ranking),
        answered);
  }

  private Answered answer(
      EvaluationPlan plan,
      Configuration configuration,
      Question question,
      Map<String, Warning> warnings,
      Call call) {
    Answer answer =
        answerer.answer(
            plan.corpus(), question.text(), configuration.answering(), call, event -> {});
    answer.warnings().forEach(warning -> warnings.putIfAbsent(warning.code(), warning));
    return new Answered(
        answer.state(),
        Wording.containsAny(answer.text(), question.answers()),
        beginning(answer.text().strip(), ANSWER),
        answer.relevance());
  }

  /** Counts, so that what is told never goes back. */
  private static final class Progress {
    private final IntConsumer told;
    private int done;

    Progress(IntConsumer told) {
      this.told = told;
    }

    synchronized void oneMore() {
      done++;
      told.accept(done);
    }
  }

  private static int answerRank(Question question, List<Passage> ranking) {
    for (int i = 0; i < ranking.size() && !question.answers().isEmpty(); i++) {
      if (Wording.containsAny(ranking.get(i).text(), question.answers())) {
        return i + 1;
      }
    }
    return 0;
  }

  private static List<Found> found(Question question, List<Passage> ranking) {
    return ranking.stream()
        .limit(SHOWN)
        .map(
            passage ->
                new Found(
                    passage.chunk().id(),
                    beginning(Wording.normalized(passage.reading(passage.chunk()).text()), EXCERPT),
                    question.expected().stream().anyMatch(place -> place.fits(passage))))
        .toList();
  }

  private static String beginning(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
  }
}
