package dev.ragline.server.grpc;

import dev.ragline.evaluation.Metric;
import dev.ragline.v1.Estimate;
import dev.ragline.v1.EvaluationMetrics;
import java.util.Map;

/** Figures, to the wire. */
final class MetricsMapping {
  private MetricsMapping() {}

  static EvaluationMetrics toProto(Map<Metric, dev.ragline.evaluation.Estimate> figures) {
    EvaluationMetrics.Builder proto = EvaluationMetrics.newBuilder();
    figures.forEach((metric, estimate) -> set(proto, metric, toProto(estimate)));
    return proto.build();
  }

  private static Estimate toProto(dev.ragline.evaluation.Estimate estimate) {
    return Estimate.newBuilder()
        .setValue(estimate.value())
        .setLow(estimate.low())
        .setHigh(estimate.high())
        .setQuestions(estimate.questions())
        .build();
  }

  private static void set(EvaluationMetrics.Builder proto, Metric metric, Estimate estimate) {
    switch (metric) {
      case HIT_AT_1 -> proto.setHitAt1(estimate);
      case HIT_AT_3 -> proto.setHitAt3(estimate);
      case HIT_AT_5 -> proto.setHitAt5(estimate);
      case MRR -> proto.setMrr(estimate);
      case NDCG_AT_10 -> proto.setNdcgAt10(estimate);
      case RECALL -> proto.setRecall(estimate);
      case ANSWER_IN_FIRST -> proto.setAnswerInFirst(estimate);
      case ANSWER_IN_FIRST_3 -> proto.setAnswerInFirst3(estimate);
      case ANSWER_CONTAINMENT -> proto.setAnswerContainment(estimate);
      case ABSTENTION_PRECISION -> proto.setAbstentionPrecision(estimate);
      case ABSTENTION_RECALL -> proto.setAbstentionRecall(estimate);
      case DOCUMENT_AT_1 -> proto.setDocumentAt1(estimate);
      case DOCUMENT_AT_3 -> proto.setDocumentAt3(estimate);
      case SECTION_AT_1 -> proto.setSectionAt1(estimate);
      case SECTION_AT_3 -> proto.setSectionAt3(estimate);
      case FALSE_ABSTENTION -> proto.setFalseAbstention(estimate);
    }
  }
}
