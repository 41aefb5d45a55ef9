package dev.ragline.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTest {
  @ParameterizedTest
  @CsvSource({"de, de", "DE, de", "en-US, en", "zh-Hant-TW, zh", "pt_BR, pt", "nb, no", "und, und"})
  void parse_tag_isItsLanguage(String tag, String language) {
    assertThat(Language.parse(tag)).isEqualTo(new Language(language));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "xx", "german", "auto", "-", "e n"})
  void parse_otherTag_isRefusedWithThoseThereAre(String tag) {
    assertThatThrownBy(() -> Language.parse(tag))
        .isInstanceOf(RagException.class)
        .hasMessageContaining("is not one of af, ar,")
        .hasMessageContaining("zh");
  }

  @Test
  void all_languages_areThoseThatCanBeParsed() {
    assertThat(Language.all()).hasSizeGreaterThan(70).isSorted();
  }
}
