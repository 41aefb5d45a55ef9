package dev.ragline.client.evaluation;

import dev.ragline.v1.ConfigurationResult;
import dev.ragline.v1.Estimate;
import dev.ragline.v1.EvaluationMetrics;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The figures of a report, with what people call them. */
public enum Figure {
  HIT_AT_1("hit@1"),
  HIT_AT_3("hit@3"),
  HIT_AT_5("hit@5"),
  MRR("MRR"),
  NDCG_AT_10("nDCG@10"),
  RECALL("recall"),
  ANSWER_IN_FIRST("answer@1"),
  ANSWER_IN_FIRST_3("answer@3"),
  ANSWER_CONTAINMENT("answered"),
  ABSTENTION_PRECISION("abstain P"),
  ABSTENTION_RECALL("abstain R"),
  DOCUMENT_AT_1("doc@1"),
  DOCUMENT_AT_3("doc@3"),
  SECTION_AT_1("section@1"),
  SECTION_AT_3("section@3"),
  FALSE_ABSTENTION("refused");

  private final String label;

  Figure(String label) {
    this.label = label;
  }

  /** What people call it. */
  public String label() {
    return label;
  }

  /** Its estimate; nothing where it was not measured. */
  public Optional<Estimate> in(EvaluationMetrics metrics) {
    // An estimate says over how many questions it is; one that was not measured, over none.
    return Optional.of(get(metrics)).filter(estimate -> estimate.getQuestions() > 0);
  }

  private Estimate get(EvaluationMetrics metrics) {
    return switch (this) {
      case HIT_AT_1 -> metrics.getHitAt1();
      case HIT_AT_3 -> metrics.getHitAt3();
      case HIT_AT_5 -> metrics.getHitAt5();
      case MRR -> metrics.getMrr();
      case NDCG_AT_10 -> metrics.getNdcgAt10();
      case RECALL -> metrics.getRecall();
      case ANSWER_IN_FIRST -> metrics.getAnswerInFirst();
      case ANSWER_IN_FIRST_3 -> metrics.getAnswerInFirst3();
      case ANSWER_CONTAINMENT -> metrics.getAnswerContainment();
      case ABSTENTION_PRECISION -> metrics.getAbstentionPrecision();
      case ABSTENTION_RECALL -> metrics.getAbstentionRecall();
      case DOCUMENT_AT_1 -> metrics.getDocumentAt1();
      case DOCUMENT_AT_3 -> metrics.getDocumentAt3();
      case SECTION_AT_1 -> metrics.getSectionAt1();
      case SECTION_AT_3 -> metrics.getSectionAt3();
      case FALSE_ABSTENTION -> metrics.getFalseAbstention();
    };
  }

  /** The figures that any of the configurations has. */
  public static List<Figure> of(List<ConfigurationResult> results) {
    return Arrays.stream(values())
        .filter(figure -> results.stream().anyMatch(r -> figure.in(r.getMetrics()).isPresent()))
        .toList();
  }
}
