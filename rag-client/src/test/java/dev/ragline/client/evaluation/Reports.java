package dev.ragline.client.evaluation;

import com.google.protobuf.util.Durations;
import dev.ragline.v1.ConfigurationResult;
import dev.ragline.v1.Estimate;
import dev.ragline.v1.EvaluateRequest;
import dev.ragline.v1.EvaluateResponse;
import dev.ragline.v1.EvaluationMetrics;
import dev.ragline.v1.EvaluationQuestion;
import dev.ragline.v1.ExpectedPassage;
import dev.ragline.v1.FoundInstead;
import dev.ragline.v1.QuestionOutcome;
import dev.ragline.v1.RetrievalLatency;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.Warning;

/** A small evaluation: four questions under two configurations. */
public final class Reports {
  private Reports() {}

  public static EvaluateRequest request() {
    EvaluateRequest.Builder request = EvaluateRequest.newBuilder().setCorpus("corpora/faq");
    for (int i = 1; i <= 3; i++) {
      request.addQuestions(
          EvaluationQuestion.newBuilder()
              .setQuestion("Is " + i + " < 2 & \"so\"?")
              .addExpected(
                  ExpectedPassage.newBuilder().setDocument("doc-" + i).setText("<script>")));
    }
    return request
        .addQuestions(EvaluationQuestion.newBuilder().setQuestion("No?").setUnanswerable(true))
        .build();
  }

  public static EvaluateResponse response() {
    return EvaluateResponse.newBuilder()
        .setQuestions(4)
        .setWithExpected(3)
        .setUnanswerable(1)
        .setResamples(1000)
        .addConfigurations(
            result("default", 1 / 3.0)
                .addOutcomes(outcome(1, 4))
                .addOutcomes(outcome(2, 5).addFound(found(1, false)).addFound(found(2, true)))
                .addOutcomes(outcome(0, 6).addFound(found(1, false)))
                .addOutcomes(outcome(0, 30)))
        .addConfigurations(
            result("bm25 <b>", 2 / 3.0)
                .setDifference(
                    EvaluationMetrics.newBuilder()
                        .setHitAt1(estimate(1 / 3.0, 0.1, 0.5))
                        .setMrr(estimate(-0.01, -0.2, 0.1)))
                .addOutcomes(outcome(1, 1))
                .addOutcomes(outcome(1, 1))
                .addOutcomes(outcome(12, 2))
                .addOutcomes(outcome(0, 9))
                .addWarnings(Warning.newBuilder().setCode("CODE").setMessage("less was done")))
        .build();
  }

  private static ConfigurationResult.Builder result(String label, double hit) {
    return ConfigurationResult.newBuilder()
        .setLabel(label)
        .setRetrieval(RetrievalSpec.newBuilder().setLimit(10))
        .setMetrics(
            EvaluationMetrics.newBuilder()
                .setHitAt1(estimate(hit, 0, 1))
                .setHitAt3(estimate(hit, 0, 1))
                .setHitAt5(estimate(hit, 0, 1))
                .setMrr(estimate(0.5, 0.25, 0.75))
                .setNdcgAt10(estimate(0.6, 0.5, 0.7))
                .setRecall(estimate(1, 1, 1)))
        .setLatency(
            RetrievalLatency.newBuilder()
                .setP50(Durations.fromMillis(5))
                .setP90(Durations.fromMicros(12_340))
                .setP99(Durations.fromMillis(30)));
  }

  private static Estimate estimate(double value, double low, double high) {
    return Estimate.newBuilder().setValue(value).setLow(low).setHigh(high).setQuestions(3).build();
  }

  private static QuestionOutcome.Builder outcome(int rank, int millis) {
    return QuestionOutcome.newBuilder().setRank(rank).setElapsed(Durations.fromMillis(millis));
  }

  private static FoundInstead found(int number, boolean right) {
    return FoundInstead.newBuilder()
        .setChunk("corpora/faq/documents/doc-" + number + "/chunks/0")
        .setExcerpt("An <excerpt>\u0007 & more")
        .setRight(right)
        .build();
  }
}
