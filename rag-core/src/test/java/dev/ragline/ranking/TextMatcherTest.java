package dev.ragline.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextMatcherTest {
  private static List<TextMatch> match(String question, String... passages) {
    return new TextMatcher(question).match(Stream.of(passages).map(TextMatcherTest::text).toList());
  }

  private static NormalPassage text(String passage) {
    return NormalPassage.of(new PassageText(passage, List.of(passage.split("(?<=[.?。])"))));
  }

  @Test
  void match_sameText_hasAllWordsAndPhrases() {
    TextMatch whole = match("How is data stored?", "How is data stored?", "Nothing.").getFirst();
    assertThat(whole.words()).isCloseTo(1, within(1e-9));
    assertThat(whole.phrases()).isCloseTo(1, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shed with 12500 pallets|a shed with 12,500 pallets",
        "shed with 12 500 pallets|a shed with 12’500 pallets",
        "shed with 12.500 pallets|a shed with 12\u202F500 pallets",
        "towns near Zurich|towns near Zürich",
        "towns near Zu\u0308rich|towns near Zürich",
        "the of\u00ADfice in Lodz|the oﬃce in Łódź",
        "a data\u200Dbase|a database"
      })
  void match_writtenInAnotherWay_isTheSame(String question, String passage) {
    List<TextMatch> found = match(question, passage, "Nothing at all.");
    assertThat(found.getFirst().words()).isGreaterThan(0.99);
    assertThat(found.getFirst().phrases()).isGreaterThan(0.7);
  }

  @Test
  void match_otherNumber_isLess() {
    List<TextMatch> found =
        match("holds 500 pallets", "holds 500 pallets", "holds 12,500 pallets", "Nothing.");
    assertThat(found.get(1).words()).isLessThan(found.get(0).words());
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

  @Test
  void match_anyText_isWhatComparingSetsGives() {
    long seed = 12;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 300; i++) {
      String question = randomText(random);
      List<List<String>> passages = new ArrayList<>();
      for (int p = 0; p < 5; p++) {
        passages.add(List.of(randomText(random), randomText(random)));
      }
      String when = "seed %d, round %d: %s in %s".formatted(seed, i, question, passages);
      List<NormalPassage> normal =
          passages.stream()
              .map(p -> NormalPassage.of(new PassageText(String.join(" ", p), p)))
              .toList();
      assertThat(new TextMatcher(question).match(normal))
          .as(when)
          .isEqualTo(bySets(question, passages));
    }
  }

  /** The same by the definition. */
  private static List<TextMatch> bySets(String question, List<List<String>> passages) {
    String normal = Grams.normalize(question);
    boolean syllables = Grams.isOfSyllables(normal);
    NavigableSet<Long> words = words(question);
    NavigableSet<Long> phrases = phrases(normal, syllables);
    List<Set<Long>> allWords = new ArrayList<>();
    List<Set<Long>> wholes = new ArrayList<>();
    for (List<String> passage : passages) {
      Set<Long> union = new TreeSet<>();
      passage.forEach(sentence -> union.addAll(words(sentence)));
      allWords.add(union);
      wholes.add(phrases(Grams.normalize(String.join(" ", passage)), syllables));
    }
    List<TextMatch> matches = new ArrayList<>();
    for (int p = 0; p < passages.size(); p++) {
      double best = 0;
      for (String sentence : passages.get(p)) {
        best = Math.max(best, share(words, words(sentence), allWords));
      }
      matches.add(new TextMatch(best, share(phrases, wholes.get(p), wholes)));
    }
    return matches;
  }

  private static NavigableSet<Long> words(String text) {
    NavigableSet<Long> pieces = new TreeSet<>();
    Grams.ofWords(Grams.normalize(text), pieces::add);
    return pieces;
  }

  private static NavigableSet<Long> phrases(String normal, boolean syllables) {
    NavigableSet<Long> pieces = new TreeSet<>();
    Grams.ofPhrases(normal, syllables, pieces::add);
    return pieces;
  }

  private static double share(
      NavigableSet<Long> pieces, Set<Long> there, List<? extends Set<Long>> passages) {
    double sum = 0;
    double all = 0;
    for (Long piece : pieces) {
      long having = passages.stream().filter(passage -> passage.contains(piece)).count();
      double idf = Math.log(1 + (passages.size() - having + 0.5) / (having + 0.5));
      all += idf * idf;
      sum += there.contains(piece) ? idf * idf : 0;
    }
    return all > 0 ? sum / all : 0;
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
