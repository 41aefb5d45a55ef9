package dev.ragline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Language;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WordsTest {
  private static List<String> words(String text, String language) {
    return Words.of(text, new Language(language));
  }

  /** All that Words depends on, for comparing. */
  private static List<String> english(String text) throws Exception {
    try (EnglishAnalyzer analyzer = new EnglishAnalyzer();
        TokenStream tokens = analyzer.tokenStream("words", text)) {
      List<String> words = new java.util.ArrayList<>();
      CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        words.add(word.toString());
      }
      return words;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ar, المدرسة, مدرسة",
    "ar, الكتابَ, كتاب",
    "bg, градове, градовете",
    "ca, gats, gat",
    "cs, městech, město",
    "da, husene, huset",
    "de, Häuser, Haus",
    "de, Straße, strasse",
    "el, σκύλοι, σκύλος",
    "en, stored, storing",
    "es, ciudades, ciudad",
    "et, majades, maja",
    "eu, etxeak, etxe",
    "fa, کتاب‌ها, کتاب",
    "fi, taloissa, talossa",
    "fr, l'avion, avions",
    "fr, chevaux, cheval",
    "ga, fir, fhir",
    "gl, cidades, cidade",
    "hi, लड़कों, लड़के",
    "hu, házakban, ház",
    "hy, քաղաքներ, քաղաք",
    "id, berjalan, jalan",
    "it, dell'acqua, acqua",
    "it, ragazzi, ragazzo",
    "ja, 食べました, 食べる",
    "ko, 도서관에서, 도서관은",
    "lt, namuose, namas",
    "lv, mājas, mājām",
    "ne, घरहरू, घर",
    "nl, huizen, huizen",
    "no, husene, huset",
    "pl, książkami, książkach",
    "pt, cidades, cidade",
    "ro, copii, copiilor",
    "ru, реками, реки",
    "sr, Београд, beograd",
    "sv, bilarna, bilar",
    "th, แมว, แมว",
    "tr, evlerde, evler",
    "uk, кішками, кішка",
    "vi, thành, thanh",
    "zh, 数据库, 数据库",
    "und, Köln, köln",
  })
  void of_formsOfAWord_meet(String language, String one, String other) {
    assertThat(words(one, language)).isNotEmpty().containsAnyElementsOf(words(other, language));
  }

  @ParameterizedTest
  @MethodSource("dev.ragline.document.Language#all")
  void of_everyLanguage_hasRulesAndNeverGivesASpace(Language language) {
    String text = "Milvus 2.4 stores 10 GB. Всё это 数据库 데이터를 データ قاعدة डेटा ข้อมูล.";
    assertThat(Words.of(text, language))
        .isNotEmpty()
        .noneMatch(word -> word.chars().anyMatch(Character::isWhitespace));
  }

  @ParameterizedTest
  @CsvSource({
    "'What are the Ω and 5μm limits of café stores, e.g. 2.4?'",
    "'The quick, brown foxes'' tails were not of the dog.'",
    "'naïve Σ-algebra α'",
    "'I paid 3€ (£2)!'",
  })
  void of_english_isAsLuceneHasIt(String text) throws Exception {
    assertThat(Words.each(text, Language.ENGLISH))
        .filteredOn(word -> !word.also())
        .extracting(TextWord::word)
        .isEqualTo(english(text));
  }

  @Test
  void of_severalScripts_followsTheRulesOfEach() {
    assertThat(words("The rivers and реками with 数据", "en"))
        .containsExactly("river", "рек", "数", "数据", "据");
    assertThat(words("Milvusは速いです", "en")).containsExactly("milvu", "速い");
    assertThat(words("서버의 settings", "ko")).containsExactly("서버", "set");
  }

  @Test
  void of_wideLetters_areLetters() {
    assertThat(words("ＭＩＬＶＵＳ　２", "ja")).isEqualTo(words("milvus 2", "ja"));
  }

  @Test
  void of_serbian_isOneInBothScripts() {
    assertThat(words("Добар дан Београде", "sr")).isEqualTo(words("Dobar dan Beograde", "sr"));
  }

  @Test
  void of_turkish_knowsItsLetters() {
    assertThat(words("IŞIK", "tr")).isEqualTo(words("ışık", "tr"));
  }

  @Test
  void of_manyThreads_givesTheSame() {
    String text = "реками 食べました 도서관에서 taloissa Häuser".toUpperCase(Locale.ROOT);
    List<String> expected = words(text, "de");
    assertThat(
            java.util.stream.IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> words(text, "de"))
                .collect(Collectors.toSet()))
        .containsExactly(expected);
  }
}
