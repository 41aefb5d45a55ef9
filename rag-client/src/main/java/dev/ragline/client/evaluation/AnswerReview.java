package dev.ragline.client.evaluation;

import dev.ragline.v1.AnswerState;
import dev.ragline.v1.ConfigurationResult;
import dev.ragline.v1.EvaluateRequest;
import dev.ragline.v1.EvaluateResponse;
import dev.ragline.v1.EvaluationQuestion;
import dev.ragline.v1.QuestionOutcome;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What was answered beside what was expected, for people to judge: the first configuration's
 * answers, those that are not right first.
 */
final class AnswerReview {
  private AnswerReview() {}

  /** How an answer stands to what was expected, the worst first. */
  private enum Judgement {
    WRONG("not what was expected"),
    REFUSED("refused, but there is an answer"),
    NOT_REFUSED("answered, but there is no answer"),
    OPEN("nothing to compare with"),
    RIGHT("right"),
    RIGHTLY_REFUSED("rightly refused");

    private final String words;

    Judgement(String words) {
      this.words = words;
    }

    static Judgement of(EvaluationQuestion question, QuestionOutcome outcome) {
      boolean refused = outcome.getAnswerState() == AnswerState.ANSWER_STATE_ABSTAINED;
      if (question.getUnanswerable()) {
        return refused ? RIGHTLY_REFUSED : NOT_REFUSED;
      }
      if (refused) {
        return REFUSED;
      }
      if (question.getAnswersCount() == 0) {
        return OPEN;
      }
      return outcome.getAnswered() ? RIGHT : WRONG;
    }

    boolean right() {
      return this == RIGHT || this == RIGHTLY_REFUSED;
    }
  }

  private record Reviewed(
      EvaluationQuestion question, QuestionOutcome outcome, Judgement judgement) {}

  /** Empty where nothing was answered. */
  static String of(EvaluateRequest request, EvaluateResponse report) {
    ConfigurationResult first = report.getConfigurations(0);
    List<Reviewed> reviewed =
        IntStream.range(0, request.getQuestionsCount())
            .filter(i -> isAnswered(first.getOutcomes(i)))
            .mapToObj(i -> review(request.getQuestions(i), first.getOutcomes(i)))
            .sorted(Comparator.comparing(Reviewed::judgement))
            .toList();
    if (reviewed.isEmpty()) {
      return "";
    }
    return """
    <h2 id="answers">Answers beside what was expected</h2>
    <table class="answers">
    <thead><tr><th>question</th><th>kind</th><th>expected</th><th>answered by %s</th><th>relevance</th><th></th></tr></thead>
    <tbody>
    %s</tbody>
    </table>
    """
        .formatted(
            Markup.escape(first.getLabel()),
            reviewed.stream().map(AnswerReview::row).collect(Collectors.joining()));
  }

  private static boolean isAnswered(QuestionOutcome outcome) {
    return outcome.getAnswerState() != AnswerState.ANSWER_STATE_UNSPECIFIED;
  }

  private static Reviewed review(EvaluationQuestion question, QuestionOutcome outcome) {
    return new Reviewed(question, outcome, Judgement.of(question, outcome));
  }

  private static String row(Reviewed one) {
    QuestionOutcome outcome = one.outcome();
    return """
    <tr><td class="text">%s</td><td>%s</td><td>%s</td><td class="text">%s</td><td class="n">%s</td>\
    <td%s>%s</td></tr>
    """
        .formatted(
            Markup.escape(one.question().getQuestion()),
            Markup.escape(one.question().getKind()),
            expected(one.question()),
            outcome.getAnswer().isEmpty() ? "–" : Markup.escape(outcome.getAnswer()),
            outcome.hasRelevance() ? Markup.number(outcome.getRelevance(), 2) : "–",
            one.judgement().right() ? " class=\"right\"" : "",
            one.judgement().words);
  }

  private static String expected(EvaluationQuestion question) {
    if (question.getUnanswerable()) {
      return "no answer";
    }
    String answers =
        question.getAnswersList().stream()
            .map(answer -> "“" + Markup.escape(answer) + "”")
            .collect(Collectors.joining(" or "));
    String places =
        question.getExpectedList().stream()
            .map(MissedQuestions::place)
            .filter(place -> !place.isEmpty())
            .map(place -> "<small>" + place + "</small>")
            .collect(Collectors.joining());
    return answers + places;
  }
}
