package dev.ragline.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptTemplateTest {
  @Test
  void render_values_standWhereTheirPlacesAreAsTheyAre() {
    PromptTemplate template =
        new PromptTemplate("Q: {question}\nC: {context} {{context}} { x } {}");
    assertThat(template.render("$1 {question} \\", "why {context}?"))
        .isEqualTo("Q: why {context}?\nC: $1 {question} \\ {context} { x } {}");
  }

  @Test
  void tags_template_areItsNamesOnce() {
    assertThat(new PromptTemplate("<Docs n=1>{context}</Docs><q>{question}</q> 1<2").tags())
        .containsExactlyInAnyOrder("docs", "q");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{context} only|lacks {question}|",
        "{question} only|lacks {context}|",
        "{context}{question} {quesiton}|{quesiton} is neither|1:21",
        "{context}~😀 {question}{question}|stands there twice|2:13",
      })
  void new_templateThatIsWrong_saysWhere(String text, String problem, String place) {
    RagException refused =
        catchThrowableOfType(RagException.class, () -> new PromptTemplate(text.replace('~', '\n')));
    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(refused).hasMessageStartingWith("template: ").hasMessageContaining(problem);
    if (place != null) {
      assertThat(refused.details())
          .contains(
              new ErrorDetail.Fact("line", place.substring(0, place.indexOf(':'))),
              new ErrorDetail.Fact("column", place.substring(place.indexOf(':') + 1)));
    }
  }
}
