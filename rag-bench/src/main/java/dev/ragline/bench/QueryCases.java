package dev.ragline.bench;

import dev.ragline.bench.SquadFile.Question;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes further wordings and conversations of a data set's own questions.
 *
 * @param questions in an order by chance, from which others are taken
 */
record QueryCases(List<Question> questions) {
  /** Wordings that fit nothing. */
  static final List<String> VAGUE =
      List.of("Can you tell me more about this?", "What is it about?");

  /** Other questions with an answer of this one in the same paragraph. */
  List<String> sameAnswer(Question question) {
    return questions.stream()
        .filter(other -> other.paragraph().equals(question.paragraph()))
        .filter(other -> !other.text().equals(question.text()))
        .filter(other -> !Collections.disjoint(other.plainAnswers(), question.plainAnswers()))
        .map(Question::text)
        .toList();
  }

  /** The first half of the question's words. */
  static List<String> half(Question question) {
    String[] words = question.text().split(" ");
    return List.of(String.join(" ", Arrays.copyOf(words, Math.max(1, words.length / 2))));
  }

  /** Two questions about something else. */
  List<Question> foreign(Question question) {
    return questions.stream()
        .skip(Math.floorMod(question.text().hashCode(), questions.size() / 2))
        .filter(other -> !other.paragraph().title().equals(question.paragraph().title()))
        .limit(2)
        .toList();
  }

  /** The question with "it" for its article's name, where it holds that. */
  Optional<String> pronounFor(Question question) {
    String name = question.paragraph().title().replaceAll("\\s*\\(.*\\)", "");
    String last = name.substring(name.lastIndexOf(' ') + 1);
    Matcher named =
        Pattern.compile(
                "\\b(?:the )?(?:%s|%s)('s)?\\b".formatted(Pattern.quote(name), Pattern.quote(last)),
                Pattern.CASE_INSENSITIVE)
            .matcher(question.text());
    if (!named.find()) {
      return Optional.empty();
    }
    return Optional.of(named.replaceAll(named.group(1) == null ? "it" : "its"));
  }

  String pronoun(Question question) {
    return pronounFor(question).orElseThrow();
  }

  /** Other questions that name the article of this one. */
  List<Question> before(Question question, int count) {
    return questions.stream()
        .skip(Math.floorMod(question.text().hashCode(), questions.size() / 2))
        .filter(other -> other.paragraph().title().equals(question.paragraph().title()))
        .filter(other -> !other.text().equals(question.text()) && pronounFor(other).isPresent())
        .limit(count)
        .toList();
  }
}
