package dev.ragline.evaluation;

import dev.ragline.document.RagException;
import java.util.List;

/**
 * A question whose answer is known.
 *
 * @param expected the places that must be found, all of them
 * @param answers right answers, one of which is wanted
 * @param unanswerable whether the corpus does not answer it; nothing is expected then
 * @param kind what kind of question it is, for figures by kind; empty for none in particular
 */
public record Question(
    String text, List<Expected> expected, List<String> answers, boolean unanswerable, String kind) {
  public Question {
    expected = List.copyOf(expected);
    answers = List.copyOf(answers);
    kind = kind.strip();
    if (text.isBlank()) {
      throw RagException.invalid("question", "is empty");
    }
    if (answers.stream().anyMatch(String::isBlank)) {
      throw RagException.invalid("answers", "an answer is empty");
    }
    boolean known = !expected.isEmpty() || !answers.isEmpty();
    if (unanswerable == known) {
      throw RagException.invalid(
          "expected", "a question expects a passage or an answer, or is unanswerable");
    }
  }
}
