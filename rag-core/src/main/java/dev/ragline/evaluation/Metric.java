package dev.ragline.evaluation;

import org.jspecify.annotations.Nullable;

/** What is measured; every figure is a mean over those questions that say something about it. */
public enum Metric {
  HIT_AT_1,
  HIT_AT_3,
  HIT_AT_5,
  MRR,
  NDCG_AT_10,
  RECALL,
  ANSWER_IN_FIRST,
  ANSWER_IN_FIRST_3,
  ANSWER_CONTAINMENT,
  ABSTENTION_PRECISION,
  ABSTENTION_RECALL;

  private static final int FEW = 3;

  /** What one question says, NaN for nothing. */
  double value(Question question, Outcome outcome) {
    return switch (this) {
      case HIT_AT_1 -> rank(outcome, 1);
      case HIT_AT_3 -> rank(outcome, 3);
      case HIT_AT_5 -> rank(outcome, 5);
      case MRR -> outcome.ranks() == null ? Double.NaN : outcome.ranks().reciprocal();
      case NDCG_AT_10 -> outcome.ranks() == null ? Double.NaN : outcome.ranks().ndcg();
      case RECALL -> outcome.ranks() == null ? Double.NaN : outcome.ranks().recall();
      case ANSWER_IN_FIRST -> where(hasAnswers(question), outcome.answerRank() == 1);
      case ANSWER_IN_FIRST_3 ->
          where(hasAnswers(question), outcome.answerRank() > 0 && outcome.answerRank() <= FEW);
      case ANSWER_CONTAINMENT ->
          where(hasAnswers(question) && outcome.answered() != null, right(outcome.answered()));
      case ABSTENTION_PRECISION -> where(outcome.abstained(), question.unanswerable());
      case ABSTENTION_RECALL ->
          where(question.unanswerable() && outcome.answered() != null, outcome.abstained());
    };
  }

  private static double rank(Outcome outcome, int depth) {
    return outcome.ranks() == null ? Double.NaN : outcome.ranks().hit(depth);
  }

  private static boolean hasAnswers(Question question) {
    return !question.answers().isEmpty();
  }

  private static boolean right(Outcome.@Nullable Answered answered) {
    return answered != null && answered.right();
  }

  private static double where(boolean said, boolean yes) {
    return said ? (yes ? 1 : 0) : Double.NaN;
  }
}
