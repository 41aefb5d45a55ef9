package dev.ragline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Language;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContentWordsTest {
  private static final Language RUSSIAN = new Language("ru");
  private static final Map<Language, Long> ENGLISH_TEXTS = Map.of(Language.ENGLISH, 3L);

  @Test
  void of_englishQuestion_leavesOutWhatEveryQuestionHas() {
    ContentWords words =
        ContentWords.of("How did the two servers store their documents?", ENGLISH_TEXTS);
    assertThat(words.count()).isEqualTo(4);
    assertThat(in(words, "Two servers are storing a document.", Language.ENGLISH)).hasSize(4);
    assertThat(in(words, "How did they?", Language.ENGLISH)).isEmpty();
  }

  @Test
  void of_smallWordsOnly_keepsThem() {
    assertThat(ContentWords.of("How do they do?", ENGLISH_TEXTS).count()).isPositive();
  }

  @Test
  void in_textOfAnotherLanguage_goesByItsForms() {
    ContentWords words =
        ContentWords.of(
            "Где сервер сохраняет документы?", Map.of(RUSSIAN, 2L, Language.ENGLISH, 9L));
    assertThat(words.own()).containsExactly(RUSSIAN);
    assertThat(in(words, "Документ сохраняется сервером.", RUSSIAN)).hasSize(3);
    assertThat(in(words, "The server stores documents.", Language.ENGLISH)).isEmpty();
  }

  private static int[] in(ContentWords words, String text, Language language) {
    BitSet found = words.in(Set.copyOf(Words.of(text, language)), language);
    return found.stream().toArray();
  }
}
