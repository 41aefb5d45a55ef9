package dev.ragline.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextMatcherTest {
  private static List<TextMatch> match(String question, String... passages) {
    return new TextMatcher(question).match(Stream.of(passages).map(TextMatcherTest::text).toList());
  }

  private static PassageText text(String passage) {
    return new PassageText(passage, List.of(passage.split("(?<=[.?。])")));
  }

  @Test
  void match_sameText_hasAllWordsAndPhrases() {
    TextMatch whole = match("How is data stored?", "How is data stored?", "Nothing.").getFirst();
    assertThat(whole.words()).isCloseTo(1, within(1e-9));
    assertThat(whole.phrases()).isCloseTo(1, within(1e-9));
  }

  @Test
  void match_otherOrder_hasTheWordsButFewerPhrases() {
    List<TextMatch> found =
        match("stored data format", "stored data format", "format data stored", "Nothing.");
    assertThat(found.get(1).words()).isEqualTo(found.getFirst().words());
    assertThat(found.get(1).phrases()).isLessThan(found.getFirst().phrases());
  }

  @Test
  void match_wordsInOneSentence_areMoreThanInTwo() {
    List<TextMatch> found =
        match("flush segment", "We flush a segment. End.", "We flush. A segment.", "Nothing.");
    assertThat(found.get(0).words()).isGreaterThan(found.get(1).words());
  }

  @Test
  void match_rareWord_weighsMoreThanOneThatAllHave() {
    List<TextMatch> found =
        match("milvus quota", "the quota", "milvus a", "milvus b", "milvus c", "milvus d");
    assertThat(found.get(0).words()).isGreaterThan(found.get(1).words());
  }

  @ParameterizedTest
  @CsvSource({
    "реки впадают, Река впадает в море., Город стоит на горе.",
    "città antiche, Una città antica sul mare., Il pane si cuoce al forno.",
    "يكتبون الرسائل, يكتب الرسالة كل يوم., الطقس جميل.",
    "연차는 며칠, 연차 휴가는 십오일이다., 서버를 다시 시작한다.",
    "茶叶怎么储存, 茶叶应当密封储存。, 长江是一条河。",
    "नदी कहाँ, नदी पहाड़ से निकलती है., शहर बड़ा है.",
  })
  void match_otherFormsOfTheWords_areNearer(String question, String right, String wrong) {
    List<TextMatch> found = match(question, right, wrong);
    assertThat(found.get(0).words()).isGreaterThan(found.get(1).words());
  }

  @Test
  void match_nothingInCommonOrNothingAtAll_isZero() {
    assertThat(match("alpha", "beta", "")).containsExactly(zero(), zero());
    assertThat(match("?!", "beta")).containsExactly(zero());
    assertThat(match("alpha")).isEmpty();
  }

  private static TextMatch zero() {
    return new TextMatch(0, 0);
  }

  @Test
  void match_anyText_isAShareAndDoesNotDependOnCaseOrPunctuation() {
    long seed = 11;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 300; i++) {
      String question = randomText(random);
      List<String> passages = new ArrayList<>();
      for (int p = 0; p < 5; p++) {
        passages.add(randomText(random));
      }
      String when = "seed %d, round %d: %s in %s".formatted(seed, i, question, passages);
      List<TextMatch> found = match(question, passages.toArray(String[]::new));
      for (TextMatch each : found) {
        assertThat(each.words()).as(when).isBetween(0.0, 1.0);
        assertThat(each.phrases()).as(when).isBetween(0.0, 1.0);
      }
      String shouted = question.toUpperCase(java.util.Locale.ROOT) + "!?";
      assertThat(match(shouted, passages.toArray(String[]::new))).as(when).isEqualTo(found);
    }
  }

  private static String randomText(SplittableRandom random) {
    String letters = "aeinrst  дежло 中文字 한국어 .";
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(40);
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
