package dev.ragline.client.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.client.evaluation.QuestionFile.Passages;
import dev.ragline.client.evaluation.QuestionSet.OwnPassage;
import dev.ragline.v1.EvaluationQuestion;
import dev.ragline.v1.ExpectedPassage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionFileTest {
  private static final String SQUAD =
      """
      {"version": "v2.0", "data": [{"title": "Super/Bowl_50", "paragraphs": [
        {"context": "𝔖uper Bowl 50 was a game. It was played in Santa Clara. Denver won.", "qas": [
          {"id": "1", "question": " Where was it? ", "is_impossible": false,
           "answers": [{"text": "Santa Clara", "answer_start": 41},
                       {"text": "Santa Clara", "answer_start": 41},
                       {"text": "in Santa Clara", "answer_start": 38}]},
          {"id": "2", "question": "Who sang?", "is_impossible": true, "answers": [],
           "plausible_answers": [{"text": "Denver", "answer_start": 1}]}]},
        {"context": "Second.", "qas": []},
        {"context": "Second.", "qas": [
          {"question": "What?", "answers": [{"text": "Second", "answer_start": 99}]}]}]}]}
      """;

  private static EvaluationQuestion.Builder question(String text) {
    return EvaluationQuestion.newBuilder().setQuestion(text);
  }

  private static ExpectedPassage document(String id) {
    return ExpectedPassage.newBuilder().setDocument(id).build();
  }

  private static ExpectedPassage section(String document, String section) {
    return ExpectedPassage.newBuilder().setDocument(document).setSection(section).build();
  }

  private static ExpectedPassage text(String text) {
    return ExpectedPassage.newBuilder().setText(text).build();
  }

  @Test
  void squad_ownPassages_areParagraphsEachOnce() {
    QuestionSet set = QuestionFile.parse(SQUAD, Passages.OWN);

    assertThat(set.passages())
        .containsExactly(
            new OwnPassage(
                "Super_Bowl_50-001",
                "Super/Bowl 50",
                "𝔖uper Bowl 50 was a game. It was played in Santa Clara. Denver won."),
            new OwnPassage("Super_Bowl_50-002", "Super/Bowl 50", "Second."));
    assertThat(set.questions())
        .containsExactly(
            question("Where was it?")
                .addExpected(document("Super_Bowl_50-001"))
                .addAnswers("Santa Clara")
                .addAnswers("in Santa Clara")
                .build(),
            question("Who sang?").setUnanswerable(true).build(),
            question("What?")
                .addExpected(document("Super_Bowl_50-002"))
                .addAnswers("Second")
                .build());
  }

  @Test
  void squad_ofACorpus_expectsTheSentenceOfTheAnswer() {
    QuestionSet set = QuestionFile.parse(SQUAD, Passages.OF_A_CORPUS);

    assertThat(set.passages()).isEmpty();
    assertThat(set.questions().get(0).getExpectedList())
        .containsExactly(text("It was played in Santa Clara."));
    assertThat(set.questions().get(2).getExpectedList()).containsExactly(text("Second."));
  }

  @Test
  void squad_longSentence_isCutAroundTheAnswer() {
    String words = "word ".repeat(100);
    String file =
        """
        {"data": [{"title": "t", "paragraphs": [{"context": "%sthe gold %send", "qas": [
          {"question": "q", "answers": [{"text": "the gold", "answer_start": 500}]}]}]}]}
        """
            .formatted(words, words);

    String expected =
        QuestionFile.parse(file, Passages.OF_A_CORPUS).questions().get(0).getExpected(0).getText();

    assertThat(expected).startsWith("word ").endsWith(" word").contains(" the gold ");
    assertThat(expected.length()).isBetween(150, 200);
  }

  @Test
  void jsonLines_ownPassages_becomeDocuments() {
    QuestionSet set =
        QuestionFile.parse(
            """
            {"question": "a", "passage": "One."}

            {"question": "b", "passage": "Two.", "document": "two", "answer": ["2", " ", "two"]}
            {"question": "c", "passage": "One.", "text": "One"}
            {"passage": "Three."}
            {"question": "d", "unanswerable": true, "id": 7}
            """,
            Passages.OWN);

    assertThat(set.passages().stream().map(OwnPassage::document))
        .containsExactly("passage-00001", "two", "passage-00003");
    assertThat(set.questions())
        .containsExactly(
            question("a").addExpected(document("passage-00001")).build(),
            question("b").addExpected(document("two")).addAnswers("2").addAnswers("two").build(),
            question("c").addExpected(document("passage-00001").toBuilder().setText("One")).build(),
            question("d").setUnanswerable(true).build());
  }

  @Test
  void jsonLines_ofACorpus_expectWhatTheySay() {
    QuestionSet set =
        QuestionFile.parse(
            """
            {"question": "a", "document": "faq.md", "text": "etcd"}
            {"question": "b", "passage": "All of it."}
            {"question": "c", "answer": "42"}
            {"question": "d", "expected": [{"document": "x"}, {"text": "y"}]}
            {"question": "e", "kind": " table ", "document": "x", "section": "Ports"}
            {"question": "f", "kind": null, "expected": [{"document": "x", "section": "Ports"}]}
            {"question": "g", "section": "Ports"}
            """,
            Passages.OF_A_CORPUS);

    assertThat(set.passages()).isEmpty();
    assertThat(set.questions().stream().map(EvaluationQuestion::getExpectedList))
        .containsExactly(
            List.of(ExpectedPassage.newBuilder().setDocument("faq.md").setText("etcd").build()),
            List.of(text("All of it.")),
            List.of(),
            List.of(document("x"), text("y")),
            List.of(section("x", "Ports")),
            List.of(section("x", "Ports")),
            List.of(section("", "Ports")));
    assertThat(set.questions().stream().map(EvaluationQuestion::getKind))
        .containsExactly("", "", "", "", "table", "", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | neither JSON lines",
        "'hello' | neither JSON lines",
        "'[1, 2]' | neither JSON lines",
        "'{\n\"questions\": []}' | no list",
        "'{\"data\": []}' | holds no question",
        "'{\"data\": [1]}' | SQuAD: 'data' is not a list of objects",
        "'{\"data\": [{\"paragraphs\": [{\"qas\": []}]}]}' | data[0], paragraphs[0]: there is no"
            + " 'context'",
        "'{\"passage\": \"p\"}' | holds no question",
        "'{\"question\": \"q\"}' | line 1: nothing is expected",
        "'{\"question\": \"q\", \"answer\": \"a\"}\n{' | line 2: is no JSON object",
        "'{\"question\": 1, \"answer\": \"a\"}' | line 1: 'question' is not a text",
        "'{\"question\": \"q\", \"answer\": [1]}' | line 1: 'answer' is not a text or a list of"
            + " texts",
        "'{\"question\": \"q\", \"answer\": \"a\", \"kind\": 3}' | line 1: 'kind' is not a text",
        "'{\"question\": \"q\", \"section\": []}' | line 1: 'section' is not a text",
        "'{\"question\": \"q\", \"unanswerable\": \"no\"}' | line 1: 'unanswerable' is not true or"
            + " false",
        "'{\"question\": \"q\", \"unanswerable\": true, \"answer\": \"a\"}' | an unanswerable"
            + " question",
        "'{\"answer\": \"a\"}' | line 1: there is no 'question'",
        "'{\"passage\": \"p\", \"document\": \"d\"}\n"
            + "{\"passage\": \"q\", \"document\": \"d\"}' | line 2: document 'd' has",
      })
  void parse_whatIsNoSuchFile_saysWhereAndWhy(String text, String message) {
    assertThatThrownBy(() -> QuestionFile.parse(text, Passages.OWN))
        .isInstanceOf(QuestionFileException.class)
        .hasMessageContaining(message);
  }

  @Test
  void sample_isOfThatSizeInOrderAndTheSameForTheSameSeed() {
    List<EvaluationQuestion> all =
        java.util.stream.IntStream.range(0, 50)
            .mapToObj(i -> question("%02d".formatted(i)).setUnanswerable(true).build())
            .toList();
    QuestionSet set = new QuestionSet(all, List.of(new OwnPassage("a", "", "b")));

    QuestionSet some = set.sample(20, 3);

    assertThat(some.questions()).hasSize(20).doesNotHaveDuplicates();
    assertThat(some.questions().stream().map(EvaluationQuestion::getQuestion)).isSorted();
    assertThat(some.passages()).hasSize(1);
    assertThat(set.sample(20, 3)).isEqualTo(some);
    assertThat(set.sample(20, 4)).isNotEqualTo(some);
    assertThat(set.sample(50, 3)).isSameAs(set);
  }
}
