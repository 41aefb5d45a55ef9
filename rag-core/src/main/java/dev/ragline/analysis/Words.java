package dev.ragline.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Splits texts and questions into words: lower case, no stop words, Porter's stems. */
public final class Words {
  /** How it is done; every store does it so, wherever it keeps the words. */
  public static final Analyzer ANALYZER = new EnglishAnalyzer();

  private Words() {}

  /** The words of a text in order, those that come again too. */
  public static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    scan(text, words::add);
    return words;
  }

  /** The first {@code most} different words of a text. */
  public static Set<String> distinct(String text, int most) {
    Set<String> words = new LinkedHashSet<>();
    scan(
        text,
        word -> {
          words.add(word);
          return words.size() < most;
        });
    return words;
  }

  private static void scan(String text, Predicate<String> goOn) {
    try (TokenStream tokens = ANALYZER.tokenStream("words", text)) {
      CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      boolean more = tokens.incrementToken();
      while (more && goOn.test(word.toString())) {
        more = tokens.incrementToken();
      }
      if (!more) {
        tokens.end();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a string in memory can always be read", e);
    }
  }
}
