package dev.ragline.analysis;

import dev.ragline.document.Language;
import jakarta.inject.Inject;
import java.lang.Character.UnicodeScript;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out what language a document is in: by its script where only one language has it, by its
 * small words, and those with letters of its own, where they are many, and else by a model that is
 * loaded when it is first needed.
 */
public final class LanguageDetector {
  /** Chars of a document that are looked at. */
  private static final int SAMPLE = 20_000;

  /** Chars that the model looks at; it takes about 10 ms. */
  private static final int MODEL_SAMPLE = 2_000;

  /**
   * The share of letters from which another script than the Latin decides: names, code and quotes
   * are in Latin letters everywhere, but seldom the other way round.
   */
  private static final double FOREIGN = 0.2;

  /** A character of these is about a word of others. */
  private static final int DENSE = 2;

  /** Small words that are enough to tell, and by how many times more of them than in others. */
  private static final int ENOUGH_WORDS = 8;

  private static final double CLEARLY_MORE = 1.5;

  /**
   * The share of a text's words that its small words are at least; they are two in five of English
   * ones. Words that are spelled like those of another language, as Vietnamese {@code do}, {@code
   * to} and {@code an} are, stay far below.
   */
  private static final double USUAL_SHARE = 0.15;

  /** A word with letters that only one language has tells as much as so many small words. */
  private static final int OWN = 3;

  /** Letters from which the model is asked, and how much more likely its first guess must be. */
  private static final int ENOUGH_LETTERS = 20;

  private static final double CLEARLY_LIKELIER = 1.25;

  /** Loaded by its first use. */
  private static final class Loaded {
    static final LanguageModel MODEL = new LanguageModel();
  }

  @Inject
  public LanguageDetector() {}

  /**
   * The language of a text.
   *
   * @param corpus the languages of the texts that it will stand among, with how many each: where
   *     the text itself is too short to tell, it is taken for one of the most frequent
   */
  public Language detect(String text, Map<Language, Long> corpus) {
    String sample = Words.narrow(middle(text, SAMPLE));
    UnicodeScript script = script(sample);
    List<Language> possible =
        Language.all().stream().filter(it -> Scripts.of(it).contains(script)).toList();
    if (possible.size() <= 1 || Scripts.isUnspaced(script)) {
      return script == UnicodeScript.COMMON ? Language.UNDETERMINED : Scripts.usual(script);
    }
    List<Run> runs = Run.of(sample, false).stream().filter(run -> run.script() == script).toList();
    Map<Language, Integer> smallWords = StopWords.count(sample, runs, possible);
    OwnLetters.count(sample, runs)
        .forEach((language, words) -> smallWords.merge(language, OWN * words, Integer::sum));
    return bySmallWords(smallWords, USUAL_SHARE * StopWords.all(sample, runs))
        .or(() -> byModel(sample, runs, possible, smallWords))
        .or(() -> mostFrequent(possible, corpus))
        .orElse(Language.UNDETERMINED);
  }

  private static String middle(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int start = (text.length() - most) / 2;
    return text.substring(start, start + most);
  }

  /** What a text is written in; COMMON where there are no letters. */
  private static UnicodeScript script(String text) {
    Map<UnicodeScript, Integer> counts = new EnumMap<>(UnicodeScript.class);
    text.codePoints()
        .filter(Character::isLetter)
        .mapToObj(Scripts::of)
        .filter(script -> script != UnicodeScript.COMMON)
        .forEach(
            script -> counts.merge(script, Scripts.isUnspaced(script) ? DENSE : 1, Integer::sum));
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    int kana = counts.getOrDefault(Scripts.JAPANESE, 0);
    if (kana > 0) {
      int both = kana + counts.getOrDefault(UnicodeScript.HAN, 0);
      counts.keySet().removeAll(Set.of(UnicodeScript.HAN, Scripts.JAPANESE));
      // A tenth of Japanese is kana even where it is full of Chinese words.
      counts.put(kana * 10 >= both ? Scripts.JAPANESE : UnicodeScript.HAN, both);
    }
    return counts.entrySet().stream()
        .filter(it -> it.getKey() != UnicodeScript.LATIN && it.getValue() >= FOREIGN * all)
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(all == 0 ? UnicodeScript.COMMON : UnicodeScript.LATIN);
  }

  private static Optional<Language> bySmallWords(Map<Language, Integer> counts, double usual) {
    double enough = Math.max(ENOUGH_WORDS, usual);
    return first(counts, CLEARLY_MORE).filter(it -> counts.getOrDefault(it, 0) >= enough);
  }

  /** The model's guess, which weighs up to three times as much by the small words that agree. */
  private static Optional<Language> byModel(
      String text, List<Run> runs, List<Language> possible, Map<Language, Integer> smallWords) {
    StringBuilder letters = new StringBuilder();
    for (Run run : runs) {
      letters.append(text, run.start(), run.end()).append(' ');
    }
    if (letters.chars().filter(Character::isLetter).count() < ENOUGH_LETTERS) {
      return Optional.empty();
    }
    String sample = middle(letters.toString(), MODEL_SAMPLE);
    double words = letters.toString().strip().split("\\s+").length;
    Map<Language, Double> likely = Loaded.MODEL.guess(sample, possible);
    likely.replaceAll(
        (language, guess) -> guess * (1 + 2 * smallWords.getOrDefault(language, 0) / words));
    return first(likely, CLEARLY_LIKELIER);
  }

  /** The language with the highest number, where it is so many times the next one's. */
  private static <N extends Number> Optional<Language> first(
      Map<Language, N> numbers, double times) {
    List<Map.Entry<Language, N>> ranked =
        numbers.entrySet().stream()
            .sorted(Comparator.comparingDouble(it -> -it.getValue().doubleValue()))
            .limit(2)
            .toList();
    if (ranked.isEmpty()) {
      return Optional.empty();
    }
    double second = ranked.size() < 2 ? 0 : ranked.get(1).getValue().doubleValue();
    boolean clear = ranked.getFirst().getValue().doubleValue() >= times * second;
    return clear ? Optional.of(ranked.getFirst().getKey()) : Optional.empty();
  }

  private static Optional<Language> mostFrequent(
      List<Language> possible, Map<Language, Long> corpus) {
    return corpus.entrySet().stream()
        .filter(it -> possible.contains(it.getKey()))
        .max(
            Map.Entry.<Language, Long>comparingByValue()
                .thenComparing(Map.Entry.<Language, Long>comparingByKey().reversed()))
        .map(Map.Entry::getKey);
  }
}
