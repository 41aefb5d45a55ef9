package dev.ragline.answering.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionKindTest {
  @ParameterizedTest
  @CsvSource({
    "When did it start?, WHEN",
    "In what  year was it built?, WHEN",
    "How many parts has it?, HOW_MANY",
    "Whose idea was it?, WHO",
    "Which company made it?, WHO",
    "Where is it?, WHERE",
    "In which city is it?, WHERE",
    "How does whooping cough spread?, OTHER",
    "What is elsewhere?, OTHER",
    "Wie viele Räder hat es?, HOW_MANY",
    "Wann begann es?, WHEN",
    "Сколько у него частей?, HOW_MANY",
    "Где он стоит?, WHERE",
    "Chi lo ha scritto?, WHO",
    "这座桥有多少年历史？, HOW_MANY",
    "他是什么时候出生的？, WHEN",
    "누가 만들었습니까?, WHO",
    "متى بدأ؟, WHEN",
  })
  void of_question_isWhatItAsksFor(String question, QuestionKind kind) {
    assertThat(QuestionKind.of(question)).isEqualTo(kind);
  }
}
