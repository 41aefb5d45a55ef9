package dev.ragline.analysis;

import dev.ragline.document.Language;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.StopwordAnalyzerBase;
import org.apache.lucene.analysis.WordlistLoader;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;

/** The small words of each language: what gives a language away. */
final class StopWords {
  /** The list that the rules of English use is too short for this. */
  private static final String ENGLISH = "/org/apache/lucene/analysis/snowball/english_stop.txt";

  private static final CharArraySet OF_ENGLISH = english();

  private static final Map<Language, CharArraySet> OURS = new ConcurrentHashMap<>();

  private static final Analyzer PLAIN = new StandardAnalyzer();

  private StopWords() {}

  private static CharArraySet english() {
    try (InputStream list = EnglishAnalyzer.class.getResourceAsStream(ENGLISH)) {
      if (list == null) {
        throw new IOException(ENGLISH + " is not there");
      }
      return WordlistLoader.getSnowballWordSet(new InputStreamReader(list, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Lucene's own lists can always be read", e);
    }
  }

  /** Those of a language; none where nobody has listed them. */
  static CharArraySet of(Language language) {
    if (language.equals(Language.ENGLISH)) {
      return OF_ENGLISH;
    }
    // The rules of Dutch do not tell theirs.
    if (language.tag().equals("nl")) {
      return DutchAnalyzer.getDefaultStopSet();
    }
    CharArraySet listed =
        Analyzers.of(language) instanceof StopwordAnalyzerBase rules
            ? rules.getStopwordSet()
            : CharArraySet.EMPTY_SET;
    return listed.isEmpty() ? OURS.computeIfAbsent(language, StopWords::ours) : listed;
  }

  /** Those that we have listed, a line each, of languages whose rules have none. */
  private static CharArraySet ours(Language language) {
    String file = "stopwords/%s.txt".formatted(language.tag());
    try (InputStream list = StopWords.class.getResourceAsStream(file)) {
      return list == null
          ? CharArraySet.EMPTY_SET
          : WordlistLoader.getWordSet(new InputStreamReader(list, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("our own lists can always be read", e);
    }
  }

  /** How many of the words in some parts of a text are small ones of each language. */
  static Map<Language, Integer> count(String text, List<Run> runs, Collection<Language> languages) {
    Map<Language, Integer> counts = new HashMap<>();
    for (Run run : runs) {
      Token.scan(
          text,
          run,
          PLAIN,
          token -> {
            for (Language language : languages) {
              if (of(language).contains(token.word())) {
                counts.merge(language, 1, Integer::sum);
              }
            }
          });
    }
    return counts;
  }

  /** Finds the words of a part of a text, as {@link #count} does. */
  static void scan(String text, Run run, Consumer<Token> found) {
    Token.scan(text, run, PLAIN, found);
  }

  /** How many words there are in some parts of a text, as {@link #count} finds them. */
  static int all(String text, List<Run> runs) {
    AtomicInteger words = new AtomicInteger();
    runs.forEach(run -> scan(text, run, token -> words.incrementAndGet()));
    return words.get();
  }
}
