package dev.ragline.evaluation;

import java.util.function.ToDoubleFunction;
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
  ABSTENTION_RECALL,
  DOCUMENT_AT_1,
  DOCUMENT_AT_3,
  SECTION_AT_1,
  SECTION_AT_3,
  FALSE_ABSTENTION;

  private static final int FEW = 3;

  /** What one question says, NaN for nothing. */
  double value(Question question, Outcome outcome) {
    Ranks whole = outcome.placing().whole();
    return switch (this) {
      case HIT_AT_1 -> of(whole, ranks -> ranks.hit(1));
      case HIT_AT_3 -> of(whole, ranks -> ranks.hit(3));
      case HIT_AT_5 -> of(whole, ranks -> ranks.hit(5));
      case MRR -> of(whole, Ranks::reciprocal);
      case NDCG_AT_10 -> of(whole, Ranks::ndcg);
      case RECALL -> of(whole, Ranks::recall);
      case ANSWER_IN_FIRST -> where(hasAnswers(question), outcome.answerRank() == 1);
      case ANSWER_IN_FIRST_3 ->
          where(hasAnswers(question), outcome.answerRank() > 0 && outcome.answerRank() <= FEW);
      case ANSWER_CONTAINMENT ->
          where(hasAnswers(question) && outcome.answered() != null, right(outcome.answered()));
      case ABSTENTION_PRECISION -> where(outcome.abstained(), question.unanswerable());
      case ABSTENTION_RECALL ->
          where(question.unanswerable() && outcome.answered() != null, outcome.abstained());
      case DOCUMENT_AT_1 -> of(outcome.placing().document(), ranks -> ranks.hit(1));
      case DOCUMENT_AT_3 -> of(outcome.placing().document(), ranks -> ranks.hit(3));
      case SECTION_AT_1 -> of(outcome.placing().section(), ranks -> ranks.hit(1));
      case SECTION_AT_3 -> of(outcome.placing().section(), ranks -> ranks.hit(3));
      case FALSE_ABSTENTION ->
          where(!question.unanswerable() && outcome.answered() != null, outcome.abstained());
    };
  }

  private static double of(@Nullable Ranks ranks, ToDoubleFunction<Ranks> value) {
    return ranks == null ? Double.NaN : value.applyAsDouble(ranks);
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
