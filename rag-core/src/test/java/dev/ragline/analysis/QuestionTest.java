package dev.ragline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Language;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {
  private static final Language GERMAN = new Language("de");
  private static final Language ITALIAN = new Language("it");
  private static final Language RUSSIAN = new Language("ru");

  private static Question question(String text, Language... corpus) {
    Map<Language, Long> counts = new LinkedHashMap<>();
    for (Language language : corpus) {
      counts.put(language, 100L - counts.size());
    }
    return Question.of(text, counts, 20);
  }

  private static List<String> forms(Question question, Language language) {
    return question.words().stream()
        .map(word -> word.forms().getOrDefault(language, Set.of()))
        .flatMap(Collection::stream)
        .toList();
  }

  @Test
  void of_oneLanguage_givesWhatDocumentsOfItHave() {
    String text = "Which rivers of the north are frozen in winter?";
    Question question = question(text, Language.ENGLISH);
    assertThat(forms(question, Language.ENGLISH)).isEqualTo(Words.of(text, Language.ENGLISH));
    assertThat(question.own()).containsExactly(Language.ENGLISH);
  }

  @Test
  void of_severalLanguages_givesEachWordInTheFormOfEach() {
    Question question = question("Häuser stations", Language.ENGLISH, GERMAN);
    assertThat(forms(question, Language.ENGLISH)).containsExactly("häuser", "station");
    assertThat(forms(question, GERMAN)).containsExactly("haus", "station");
  }

  @Test
  void of_stopWordOfAnotherLanguage_isKept() {
    assertThat(forms(question("die hard", GERMAN, Language.ENGLISH), Language.ENGLISH))
        .contains("hard");
    assertThat(
            forms(question("What did the man die of?", GERMAN, Language.ENGLISH), Language.ENGLISH))
        .containsExactly("what", "did", "man", "die");
  }

  @Test
  void of_stopWordsOfTheQuestionsOwnLanguage_areWordsInNone() {
    Question question = question("Where is the house of the baker?", ITALIAN, Language.ENGLISH);
    assertThat(forms(question, ITALIAN)).doesNotContain("the", "of", "is");
    assertThat(question.own()).containsExactly(Language.ENGLISH);
  }

  @Test
  void of_otherScriptThanTheCorpus_followsTheRulesOfItsUsualLanguage() {
    assertThat(forms(question("реками Milvus", Language.ENGLISH), Language.ENGLISH))
        .containsExactly("рек", "milvu");
    assertThat(forms(question("stored реки", RUSSIAN), RUSSIAN)).containsExactly("store", "рек");
  }

  @Test
  void of_hanWithoutKana_isTriedAsChineseAndJapanese() {
    Question question = question("東京都", Language.CHINESE, Language.JAPANESE);
    assertThat(forms(question, Language.CHINESE)).contains("東京", "京都", "都");
    assertThat(forms(question, Language.JAPANESE))
        .containsExactlyInAnyOrderElementsOf(Words.of("東京都", Language.JAPANESE));
  }

  @Test
  void of_undetermined_isLikeEnglish() {
    Question question = question("the stores", Language.UNDETERMINED);
    assertThat(forms(question, Language.UNDETERMINED)).containsExactly("store");
  }

  @Test
  void of_nothingToSearchBy_hasNoWords() {
    assertThat(question("", Language.ENGLISH).words()).isEmpty();
    assertThat(question("?! \u0000", Language.ENGLISH).words()).isEmpty();
    assertThat(question("the of", Language.ENGLISH).words()).isEmpty();
    assertThat(question("stores").words()).isEmpty();
  }

  @Test
  void of_moreWordsThanWanted_givesTheFirst() {
    String text = "one two three four five six seven";
    assertThat(Question.of(text, Map.of(Language.ENGLISH, 1L), 3).words()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "When was the bridge built?, en de, en",
    "Wann wurde die Brücke gebaut?, en de, de",
    "Bridge 1843, de en, de",
    "สะพานสร้างเมื่อใด, en, th",
    "Когда построили мост?, en, ru",
    "Коли збудували міст?, uk, uk",
    "Când a fost construit podul?, ro, ro",
    "Cây cầu được xây khi nào?, en vi, vi",
    "橋はいつ建てられましたか。, zh en, ja",
    "When was it?, ru, en",
    "1843?, ro, ro",
  })
  void language_question_isThatOfItsScriptOrSmallWordsOrCorpus(
      String question, String corpus, String expected) {
    Map<Language, Long> counts = new HashMap<>();
    for (String tag : corpus.split(" ", -1)) {
      counts.put(new Language(tag), 100L - counts.size());
    }
    assertThat(Question.language(question, counts).tag()).isEqualTo(expected);
  }

  @Test
  void language_emptyCorpus_isThatOfTheScript() {
    assertThat(Question.language("Где мост?", Map.of()).tag()).isEqualTo("ru");
    assertThat(Question.language("Where is it?", Map.of()).tag()).isEqualTo("en");
    assertThat(Question.language("በወንዙ ላይ", Map.of())).isEqualTo(Language.UNDETERMINED);
  }

  @Test
  void isSpaced_question_goesByMostOfItsLetters() {
    assertThat(Question.isSpaced("Where does Milvus 数据 live?")).isTrue();
    assertThat(Question.isSpaced("Когда построили мост?")).isTrue();
    assertThat(Question.isSpaced("1843?")).isTrue();
    assertThat(Question.isSpaced("")).isTrue();
    assertThat(Question.isSpaced("สะพานข้ามแม่น้ำ Milvus สร้างขึ้นเมื่อใด")).isFalse();
    assertThat(Question.isSpaced("Milvus 数据是如何存储的？")).isFalse();
    assertThat(Question.isSpaced("강을 건너는 다리는 언제 지어졌나요?")).isFalse();
  }
}
