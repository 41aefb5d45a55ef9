package dev.ragline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Language;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageDetectorTest {
  private final LanguageDetector detector = new LanguageDetector();

  private String detect(String text) {
    return detector.detect(text, Map.of()).tag();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ar | القطة تجلس على الطاولة وتنظر من النافذة إلى الشارع",
        "bg | Котката седи на масата и гледа през прозореца, защото навън вали дъжд.",
        "cs | Kočka sedí na stole a dívá se z okna, protože venku prší.",
        "da | Katten sidder på bordet og kigger ud ad vinduet, fordi det regner.",
        "de | Die Hauptstadt von Deutschland ist Berlin, das an der Spree liegt.",
        "el | Η γάτα κάθεται στο τραπέζι",
        "en | The server keeps its data in a folder, and it is safe there.",
        "es | El gato está sobre la mesa y mira por la ventana porque llueve.",
        "fa | گربه روی میز نشسته و از پنجره نگاه می‌کند",
        "fi | Kissa istuu pöydällä ja katsoo ikkunasta ulos.",
        "fr | Le chat est sur la table et regarde par la fenêtre.",
        "he | החתול יושב על השולחן",
        "hi | बिल्ली मेज पर बैठी है और खिड़की से बाहर देख रही है",
        "hu | A macska az asztalon ül és kinéz az ablakon.",
        "it | La capitale dell'Italia è Roma, una città antica.",
        "ja | 猫はテーブルの上に座っています。",
        "ko | 고양이가 탁자 위에 앉아 있다.",
        "nl | De kat zit op de tafel en kijkt uit het raam.",
        "pl | Kot siedzi na stole i patrzy przez okno, bo na dworze pada.",
        "pt | O gato está em cima da mesa e olha pela janela.",
        "ro | Pisica stă pe masă și se uită pe fereastră.",
        "sv | Katten sitter på bordet och tittar ut genom fönstret.",
        "th | แมวนั่งอยู่บนโต๊ะ",
        "tr | Kedi masanın üzerinde oturuyor ve pencereden bakıyor.",
        "uk | Кішка сидить на столі і дивиться у вікно.",
        "vi | Con mèo ngồi trên bàn và nhìn ra cửa sổ.",
        "zh | 猫坐在桌子上看着窗外。",
      })
  void detect_aSentence_isItsLanguage(String tag, String text) {
    assertThat(detect(text)).isEqualTo(tag);
  }

  @Test
  void detect_codeAmongRussian_isRussian() {
    assertThat(
            detect(
                "Чтобы начать работу с сервером, выполните команду, которая создаёт базу:\n"
                    + "```\ndocker compose up -d && ./rag ingest docs --corpus handbook\n```\n"
                    + "После этого он ответит на вопросы."))
        .isEqualTo("ru");
  }

  @Test
  void detect_tooShort_isAsTheMostOfItsScript() {
    Language german = new Language("de");
    Map<Language, Long> corpus = Map.of(german, 5L, Language.ENGLISH, 3L, new Language("ru"), 9L);
    assertThat(detector.detect("Kapitel 3", corpus)).isEqualTo(german);
    assertThat(detector.detect("Kapitel 3", Map.of())).isEqualTo(Language.UNDETERMINED);
    assertThat(detector.detect("第3章", corpus)).isEqualTo(Language.CHINESE);
  }

  @Test
  void detect_noLetters_isUndetermined() {
    assertThat(detect("")).isEqualTo("und");
    assertThat(detect("12 + 30 = 42 ✓")).isEqualTo("und");
  }
}
