package dev.ragline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.bench.SquadFile.Paragraph;
import dev.ragline.bench.SquadFile.Question;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImpossibleQuestionsTest {
  private static final Paragraph PARAGRAPH =
      new Paragraph(
          "a", 0, "Tesla", "In 1884 Nikola Tesla left Paris for New York. He was the first there.");
  private static final Question QUESTION =
      new Question("Who was the first that left Paris in 1884?", PARAGRAPH, List.of("Tesla"));

  @Test
  void of_question_isChangedInOnePlaceAndNeverTheSame() {
    ImpossibleQuestions questions = new ImpossibleQuestions(List.of(QUESTION), 1);
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      questions.of(QUESTION).ifPresent(made::add);
    }
    assertThat(made)
        .contains(
            "Who was the last that left Paris in 1884?",
            "Who was the first that left New York in 1884?",
            "Who was never the first that left Paris in 1884?")
        .doesNotContain(QUESTION.text());
  }

  @Test
  void of_sameSeed_isTheSame() {
    List<Question> all = List.of(QUESTION);
    assertThat(new ImpossibleQuestions(all, 5).of(QUESTION))
        .isEqualTo(new ImpossibleQuestions(all, 5).of(QUESTION));
  }

  @Test
  void of_nothingToChange_isNone() {
    Question plain = new Question("Why?", PARAGRAPH, List.of("Tesla"));
    ImpossibleQuestions questions = new ImpossibleQuestions(List.of(plain), 1);
    assertThat(questions.of(plain)).isEmpty();
  }
}
