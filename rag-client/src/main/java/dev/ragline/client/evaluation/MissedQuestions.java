package dev.ragline.client.evaluation;

import dev.ragline.v1.ConfigurationResult;
import dev.ragline.v1.EvaluateRequest;
import dev.ragline.v1.EvaluateResponse;
import dev.ragline.v1.EvaluationQuestion;
import dev.ragline.v1.ExpectedPassage;
import dev.ragline.v1.FoundInstead;
import dev.ragline.v1.QuestionOutcome;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The questions whose right passage is not the first in the first configuration, the worst first,
 * with the ranks under all of them and what was found instead.
 */
final class MissedQuestions {
  private MissedQuestions() {}

  private record Missed(int index, EvaluationQuestion question, QuestionOutcome outcome) {
    /** Not found at all comes first. */
    long badness() {
      return outcome.getRank() == 0 ? Long.MAX_VALUE : outcome.getRank();
    }
  }

  static String of(EvaluateRequest request, EvaluateResponse report) {
    List<ConfigurationResult> results = report.getConfigurationsList();
    List<QuestionOutcome> first = results.get(0).getOutcomesList();
    List<Missed> missed =
        IntStream.range(0, request.getQuestionsCount())
            .mapToObj(i -> new Missed(i, request.getQuestions(i), first.get(i)))
            .filter(one -> one.question().getExpectedCount() > 0 && one.outcome().getRank() != 1)
            .sorted(
                Comparator.comparingLong(Missed::badness)
                    .reversed()
                    .thenComparingInt(Missed::index))
            .toList();
    if (missed.isEmpty()) {
      return "<p>None.</p>\n";
    }
    return """
    <table class="missed">
    <thead><tr><th>question</th><th>expected</th>%s<th>found by %s</th></tr></thead>
    <tbody>
    %s</tbody>
    </table>
    """
        .formatted(
            results.stream()
                .map(result -> "<th>" + Markup.escape(result.getLabel()) + "</th>")
                .collect(Collectors.joining()),
            Markup.escape(results.get(0).getLabel()),
            missed.stream().map(one -> row(one, results)).collect(Collectors.joining()));
  }

  private static String row(Missed missed, List<ConfigurationResult> results) {
    String ranks =
        results.stream()
            .map(result -> result.getOutcomes(missed.index()).getRank())
            .map(rank -> "<td class=\"n\">" + (rank == 0 ? "–" : rank) + "</td>")
            .collect(Collectors.joining());
    return """
    <tr><td>%s</td><td>%s</td>%s<td>%s</td></tr>
    """
        .formatted(
            Markup.escape(missed.question().getQuestion()),
            missed.question().getExpectedList().stream()
                .map(MissedQuestions::expected)
                .collect(Collectors.joining("<br>")),
            ranks,
            found(missed.outcome().getFoundList()));
  }

  /** Document and section of what is expected. */
  static String place(ExpectedPassage place) {
    String section = place.getSection().isEmpty() ? "" : " › " + Markup.escape(place.getSection());
    return (Markup.escape(place.getDocument()) + section).strip();
  }

  private static String expected(ExpectedPassage place) {
    String text = place.getText().isEmpty() ? "" : "“" + Markup.escape(place.getText()) + "”";
    return (place(place) + " " + text).strip();
  }

  private static String found(List<FoundInstead> found) {
    if (found.isEmpty()) {
      return "nothing";
    }
    return found.stream()
        .map(
            one ->
                """
                <li%s><b>%s</b> %s</li>
                """
                    .formatted(
                        one.getRight() ? " class=\"right\"" : "",
                        Markup.escape(shortName(one.getChunk())),
                        Markup.escape(one.getExcerpt())))
        .collect(Collectors.joining("", "<ol>\n", "</ol>"));
  }

  /** {@code document, chunk n} of {@code corpora/c/documents/document/chunks/n}. */
  private static String shortName(String chunk) {
    String[] parts = chunk.split("/", -1);
    return parts.length == 6 ? parts[3] + ", chunk " + parts[5] : chunk;
  }
}
