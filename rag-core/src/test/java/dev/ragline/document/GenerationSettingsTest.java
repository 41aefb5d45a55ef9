package dev.ragline.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationSettingsTest {
  private static final GenerationSettings ALL =
      new GenerationSettings(
          "m",
          0.5,
          7L,
          100,
          List.of("END"),
          "Be brief.",
          new PromptTemplate("{context}{question}"),
          new AnswerLanguage("de"),
          new AnswerSchema("{}", "answer", false));

  private static GenerationSettings temperature(double value) {
    return new GenerationSettings(null, value, null, null, List.of(), null, null, null, null);
  }

  @Test
  void or_settings_goBeforeTheOthersOneByOne() {
    assertThat(GenerationSettings.NONE.or(ALL)).isEqualTo(ALL);
    assertThat(ALL.or(temperature(1))).isEqualTo(ALL);
    assertThat(temperature(1).or(ALL).temperature()).isEqualTo(1);
    assertThat(temperature(1).or(ALL).stop()).containsExactly("END");
  }

  @Test
  void named_settings_areCalledAsOnTheWire() {
    assertThat(GenerationSettings.NONE.named()).isEmpty();
    assertThat(ALL.named())
        .containsExactly(
            "model",
            "temperature",
            "seed",
            "max_tokens",
            "stop",
            "system",
            "template",
            "answer_language",
            "response_schema");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 2.1, Double.NaN, Double.POSITIVE_INFINITY})
  void new_temperatureOutOfBounds_isRefused(double value) {
    assertThatThrownBy(() -> temperature(value))
        .isInstanceOf(RagException.class)
        .hasMessageStartingWith("temperature: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "xx1x", "german", "und", "q", "de--DE"})
  void new_languageThatIsNone_isRefused(String tag) {
    assertThatThrownBy(() -> new AnswerLanguage(tag))
        .isInstanceOf(RagException.class)
        .hasMessageStartingWith("answer_language: ");
  }

  @Test
  void instruction_everyLanguageOfDocuments_hasAName() {
    for (Language language : Language.all()) {
      if (!language.equals(Language.UNDETERMINED)) {
        assertThat(new AnswerLanguage(language.tag()).instruction()).startsWith("Answer in ");
      }
    }
    assertThat(new AnswerLanguage("pt-BR").instruction())
        .isEqualTo("Answer in Portuguese (Brazil), whatever language the question is in.");
  }
}
