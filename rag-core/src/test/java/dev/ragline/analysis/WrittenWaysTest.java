package dev.ragline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Language;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words that are written in one way in a text and in another in a question. */
class WrittenWaysTest {
  private static List<QuestionWord> question(String text, String language) {
    return Question.of(text, Map.of(new Language(language), 3L), 64).words();
  }

  /** The words of a question that are found in a text. */
  private static List<QuestionWord> found(String question, String text, String language) {
    Language of = new Language(language);
    Set<String> words = new HashSet<>(Words.of(text, of));
    return question(question, language).stream()
        .filter(word -> word.ways(of).stream().anyMatch(words::contains))
        .toList();
  }

  private static double coverage(String question, String text, String language) {
    Language of = new Language(language);
    ContentWords content = ContentWords.of(question, Map.of(of, 3L));
    Set<String> words = Set.copyOf(Words.of(text, of));
    return content.in(words, of).cardinality() / (double) content.count();
  }

  @ParameterizedTest
  @CsvSource({
    // NFD, ligatures, soft hyphens, joiners, marks of direction, presentation forms
    "en, Zu\u0308rich, Zürich",
    "en, caf\u00E9, cafe\u0301",
    "fr, re\u0301sume\u0301, résumé",
    "vi, Vie\u0323\u0302t, Việt",
    "ko, \u1112\u1161\u11AB\u1100\u116E\u11A8, 한국",
    "en, \uFB01le, file",
    "en, o\uFB03ce, office",
    "de, Kraft\u00ADwerk, Kraftwerk",
    "en, data\u200Dbase, database",
    "en, data\u200Cbase, database",
    "en, data\u2060base, database",
    "en, data\uFEFFbase, database",
    "en, data\u200Ebase, database",
    "en, H\u2082O, H2O",
    "en, \uD835\uDC03\uD835\uDC1A\uD835\uDC2D\uD835\uDC1A, data",
    "ru, за\u0301мок, замок",
    "ar, \uFEA9\uFE8D\uFEAD, دار",
    "hi, ड\u093Cर, \u095Cर",
    // without diacritics
    "en, Zürich, Zurich",
    "en, Zurich, Zürich",
    "en, naïve, naive",
    "de, Café, Cafe",
    "tr, kışlık, kislik",
    "ro, înțelegere, intelegere",
    "ro, \u015Fcoal\u0103, \u0219coal\u0103",
    "pl, Łódź, Lodz",
    "sv, Malmö, Malmo",
    "da, Sørensen, Sorensen",
    "cs, Plzeň, Plzen",
    "und, São, Sao",
  })
  void of_charactersThatLookAlike_areOneWord(String language, String one, String other) {
    assertThat(found(one, other, language)).as("%s in %s", one, other).isNotEmpty();
    assertThat(found(other, one, language)).as("%s in %s", other, one).isNotEmpty();
    assertThat(coverage(one, other, language)).isEqualTo(1);
    assertThat(coverage(other, one, language)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en|12,500|12500",
        "en|12 500|12500",
        "en|12\u00A0500|12500",
        "en|12\u202F500|12500",
        "en|12'500|12500",
        "en|12’500|12500",
        "en|12.500|12500",
        "en|12,500|12 500",
        "en|12,500|12\u202F500",
        "en|1,234,567|1234567",
        "en|12,34,567|1234567",
        "en|12,500.75|12500.75",
        "en|12.500,75|12,500.75",
        "de|12.500|12500",
        "de|12.500|12 500",
        "de|1,5|1.5",
        "it|1.234.567|1234567",
        "es|12 500|12.500",
        "fr|12\u202F500,5|12500.5",
        "ru|12 500|12500",
        "ar|١٢٬٥٠٠|12500",
        "hi|१२,५००|12500",
        "ja|12,500|12500",
        "zh|12,500|12500",
        "th|12,500|12500",
        "ko|12,500|12500"
      })
  void of_oneNumber_isOneWord(String language, String one, String other) {
    assertThat(found(one, other, language)).as("%s in %s", one, other).isNotEmpty();
    assertThat(found(other, one, language)).as("%s in %s", other, one).isNotEmpty();
    assertThat(coverage(one, "It has " + other + " of them", language)).isEqualTo(1);
    assertThat(coverage(other, "It has " + one + " of them", language)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en|12.5|125",
        "en|1,5|15",
        "de|1,5|15",
        "en|3.14|314",
        "en|192.168.100.200|192168100200",
        "en|0.500|500",
        "en|2019-10-03|20191004",
        "en|3.10.2019|3102019",
        "en|500|12,500",
        "en|12|12,500",
        "fr|500|12 500",
        "en|500|12\u202F500",
        "en|1.2|1.25"
      })
  void of_otherNumber_isNone(String language, String one, String other) {
    assertThat(found(one, other, language)).isEmpty();
    assertThat(found(other, one, language).stream().filter(it -> it.weight() > 0.2)).isEmpty();
  }

  @Test
  void of_numberThatMayBeADecimal_isItselfToo() {
    assertThat(found("3.141", "3.141", "en")).isNotEmpty();
    assertThat(Words.of("3.141", Language.ENGLISH)).contains("3.141", "3141");
    assertThat(Words.of("12.5", Language.ENGLISH)).containsExactly("12.5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loadBalancerClass|spec.loadBalancerClass",
        "spec.loadBalancerClass|loadBalancerClass",
        "load balancer class|spec.loadBalancerClass",
        "spec.loadBalancerClass|the load balancer class",
        "max retry count|max_retry_count",
        "max_retry_count|maxRetryCount",
        "maxRetryCount|max-retry-count",
        "cluster-cidr|--cluster-cidr",
        "--cluster-cidr|--cluster-cidr=10.0.0.0/16",
        "kube-apiserver.yaml|/etc/kubernetes/manifests/kube-apiserver.yaml",
        "manifests|/etc/kubernetes/manifests/kube-apiserver.yaml",
        "vector|std::vector",
        "std::vector|std::vector<int>",
        "TCP|TCP/IP",
        "tcp/ip|TCP/IP",
        "XMLHttpRequest|xmlhttprequest",
        "http request|XMLHttpRequest",
        "1.25|v1.25",
        "v1.25|1.25",
        "1.25|v1.25.3",
        "1.25|1.25.0",
        "1.25.0|1.25",
        "10GB|10 GB",
        "10 GB|10GB",
        "iPhone|iphone",
        "email|e-mail",
        "e-mails|email"
      })
  void of_identifier_isFoundWholeAndByItsParts(String question, String text) {
    assertThat(found(question, text, "en")).isNotEmpty();
    assertThat(coverage(question, text, "en")).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "spec.loadBalancerClass",
    "loadBalancerClass",
    "max_retry_count",
    "kube-proxy",
    "/etc/hosts.allow",
    "std::vector",
    "v1.25.3",
    "read/write"
  })
  void of_wholeIdentifier_weighsMoreThanItsParts(String identifier) {
    List<QuestionWord> whole = found(identifier, "Use " + identifier + " here", "en");
    String parts = identifier.replaceAll("[^A-Za-z0-9]+", " ").replaceAll("(?=[A-Z])", " ");
    List<QuestionWord> apart = found(identifier, "Use " + parts + " here", "en");
    assertThat(whole).hasSameElementsAs(question(identifier, "en"));
    assertThat(weight(whole)).isGreaterThan(weight(apart));
    assertThat(coverage(identifier, "Use " + identifier + " here", "en")).isEqualTo(1);
  }

  private static double weight(List<QuestionWord> words) {
    return words.stream().mapToDouble(QuestionWord::weight).sum();
  }

  @Test
  void of_plainWords_areAsBefore() {
    assertThat(
            Words.of("The quick, brown foxes' tails (5 of 12) ran. It's 10 km", Language.ENGLISH))
        .containsExactly("quick", "brown", "fox", "tail", "5", "12", "ran", "10", "km");
    assertThat(question("Which two servers store 20 documents?", "en"))
        .extracting(QuestionWord::weight)
        .containsOnly(1.0);
  }

  /** Documents of former versions have words with the characters that were typed. */
  @Test
  void of_questionInOtherCharacters_isFoundInFormerWordsToo() {
    Set<String> ways =
        question("data\u00ADbase Zu\u0308rich", "en").stream()
            .flatMap(word -> word.ways(Language.ENGLISH).stream())
            .collect(Collectors.toSet());
    assertThat(ways).contains("databas", "zürich", "zurich", "zu\u0308rich");
  }

  @Test
  void shared_waysToWriteOneThing_areOne() {
    assertThat(Words.shared("12,500 cafés", Language.ENGLISH))
        .isEqualTo(Words.shared("12 500 cafes", Language.ENGLISH))
        .containsExactly("12500", "cafe");
  }

  @Test
  void of_longIdentifiersAndData_takesFewWords() {
    String data = "aA0+/".repeat(20_000);
    assertThat(Words.of("x " + data, Language.ENGLISH).size()).isLessThan(60_000);
    assertThat(Words.of("a.b".repeat(20_000), Language.ENGLISH).size()).isLessThan(60_000);
    assertThat(Words.of("1,".repeat(50_000), Language.ENGLISH).size()).isLessThan(60_000);
    assertThat(Words.of("12 500 ".repeat(20_000), Language.ENGLISH).size()).isLessThan(90_000);
    assertThat(Words.of("111 ".repeat(100_000) + "11", Language.ENGLISH).size())
        .isLessThan(250_000);
  }
}
