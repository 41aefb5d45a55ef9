package dev.ragline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Language;
import dev.ragline.embedding.LanguageProbe;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Words that are spelled like English small ones, names, and few or no accents. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Super Bowl 50 là một trận đấu bóng bầu dục Mỹ để xác định nhà vô địch của National"
            + " Football League (NFL) cho mùa giải 2015. Đội vô địch American Football Conference"
            + " (AFC) là Denver Broncos đã đánh bại Carolina Panthers của National Football"
            + " Conference (NFC) 24–10 để giành danh hiệu thứ ba tại Levi's Stadium in San"
            + " Francisco Bay Area, on the West Coast.",
        "Do an toàn in ấn, do to lớn, an ninh do Mỹ lo, do so với Anh an tâm, in ra to, do Nam"
            + " do dự, an cư do tin, no nê so ra to hơn, do ai in, do an cơ so sánh.",
        "Ha Noi la thu do cua nuoc Viet Nam va la trung tam chinh tri cua ca nuoc. Thanh pho"
            + " nam o phia bac, nguoi dan o day song bang nghe buon ban va cac dich vu khac.",
        "The Beatles là ban nhạc rock người Anh do John Lennon, Paul McCartney, George Harrison"
            + " và Ringo Starr lập nên. Album Abbey Road, Let It Be, The White Album và Help! do"
            + " EMI in and on sale; A Hard Day's Night do United Artists.",
        "Apple Inc. do Steve Jobs, Steve Wozniak và Ronald Wayne thành lập năm 1976. Các sản phẩm"
            + " iPhone, iPad, iMac, iPod do Foxconn lắp ráp; App Store, iTunes Store và Apple Music"
            + " on the iPad and in the car là dịch vụ của hãng.",
        "CLB Manchester United do Sir Alex Ferguson dẫn dắt, vô địch Premier League, FA Cup và"
            + " UEFA Champions League; Ole, Beckham, Giggs, Scholes do lò đào tạo."
      })
  void detect_vietnameseThatLooksLikeEnglish_isVietnamese(String text) {
    assertThat(detect(text)).isEqualTo("vi");
  }

  @Test
  void detect_englishWithVietnameseNames_isEnglish() {
    assertThat(
            detect(
                "The city of Đà Nẵng lies on the coast, and its mayor Nguyễn Văn Quảng met the"
                    + " minister Phạm Minh Chính in Huế. They talked about the bridge over the"
                    + " river and the trains to Hà Nội."))
        .isEqualTo("en");
  }

  /** Their small words are like those of a neighbour, which decided where they had no list. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "af", "az", "be", "ckb", "cy", "gl", "is", "kk", "ky", "lt", "mk", "mn", "mr", "ne", "sk",
        "sl", "sq", "sw", "tl", "ur", "uz", "vi"
      })
  void detect_languageWithLikeNeighbours_isItself(String tag) {
    LanguageProbe probe = LanguageProbe.of(new Language(tag)).orElseThrow();
    assertThat(detect(String.join(" ", probe.answers()))).isEqualTo(tag);
    assertThat(detect(String.join(" ", probe.questions()))).isEqualTo(tag);
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
