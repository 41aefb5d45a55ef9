package dev.ragline.client.evaluation;

import dev.ragline.v1.AnswerState;
import dev.ragline.v1.ConfigurationResult;
import dev.ragline.v1.Estimate;
import dev.ragline.v1.EvaluateRequest;
import dev.ragline.v1.EvaluateResponse;
import dev.ragline.v1.EvaluationMetrics;
import dev.ragline.v1.EvaluationQuestion;
import dev.ragline.v1.ExpectedPassage;
import dev.ragline.v1.KindResult;
import dev.ragline.v1.QuestionOutcome;
import dev.ragline.v1.Warning;

/** A small evaluation with answers: six questions of two kinds under one configuration. */
public final class AnsweredReports {
  private AnsweredReports() {}

  public static EvaluateRequest request() {
    return EvaluateRequest.newBuilder()
        .setCorpus("corpora/faq")
        .setAnswers(true)
        .addQuestions(question("Right?", "fact").addAnswers("a <b>").addAnswers("c"))
        .addQuestions(question("Wrong?", "fact").addAnswers("42"))
        .addQuestions(question("Refused?", "fact").addAnswers("42"))
        .addQuestions(question("Open?", "fact"))
        .addQuestions(none("Nothing there?"))
        .addQuestions(none("Answered all the same?"))
        .build();
  }

  private static EvaluationQuestion.Builder question(String text, String kind) {
    return EvaluationQuestion.newBuilder()
        .setQuestion(text)
        .setKind(kind)
        .addExpected(ExpectedPassage.newBuilder().setDocument("doc").setSection("Ports & more"));
  }

  private static EvaluationQuestion none(String text) {
    return EvaluationQuestion.newBuilder()
        .setQuestion(text)
        .setKind("unanswerable")
        .setUnanswerable(true)
        .build();
  }

  public static EvaluateResponse response() {
    EvaluationMetrics facts =
        EvaluationMetrics.newBuilder()
            .setHitAt1(estimate(1, 4))
            .setSectionAt3(estimate(0.75, 4))
            .setAnswerContainment(estimate(1 / 3.0, 3))
            .setFalseAbstention(estimate(0.25, 4))
            .build();
    EvaluationMetrics others =
        EvaluationMetrics.newBuilder().setAbstentionRecall(estimate(0.5, 2)).build();
    return EvaluateResponse.newBuilder()
        .setQuestions(6)
        .setWithExpected(4)
        .setWithAnswers(3)
        .setUnanswerable(2)
        .setResamples(1000)
        .addWarnings(
            Warning.newBuilder()
                .setCode("EXPECTED_DOCUMENT_MISSING")
                .setMessage("expected documents that are not in the corpus: doc (of 4 questions)"))
        .addConfigurations(
            ConfigurationResult.newBuilder()
                .setLabel("default")
                .setMetrics(facts.toBuilder().mergeFrom(others))
                .addKinds(kind("fact", 4, facts))
                .addKinds(kind("unanswerable", 2, others))
                .addOutcomes(
                    answered("It is A <b>.\nSo it is.").setAnswered(true).setRelevance(0.9))
                .addOutcomes(answered("43"))
                .addOutcomes(refused(0.25))
                .addOutcomes(answered("Who knows?"))
                .addOutcomes(refused(0.125))
                .addOutcomes(answered("The moon.")))
        .build();
  }

  private static KindResult kind(String kind, int questions, EvaluationMetrics metrics) {
    return KindResult.newBuilder()
        .setKind(kind)
        .setQuestions(questions)
        .setMetrics(metrics)
        .build();
  }

  private static QuestionOutcome.Builder answered(String text) {
    return QuestionOutcome.newBuilder()
        .setRank(1)
        .setAnswerState(AnswerState.ANSWER_STATE_COMPLETE)
        .setAnswer(text);
  }

  private static QuestionOutcome.Builder refused(double relevance) {
    return QuestionOutcome.newBuilder()
        .setRank(1)
        .setAnswerState(AnswerState.ANSWER_STATE_ABSTAINED)
        .setRelevance(relevance);
  }

  private static Estimate estimate(double value, int questions) {
    return Estimate.newBuilder()
        .setValue(value)
        .setLow(0)
        .setHigh(1)
        .setQuestions(questions)
        .build();
  }
}
