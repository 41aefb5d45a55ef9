package dev.ragline.ranking;

import dev.ragline.analysis.Characters;
import dev.ragline.analysis.NumberReadings;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * Cuts text into overlapping pieces of a few letters, which need no knowledge of its language:
 * inflected forms share most of theirs. Pieces are numbers; equal pieces have equal numbers.
 */
final class Grams {
  /** Letters of a piece of a word; a word's first letter is marked, so that beginnings weigh. */
  private static final int WORD = 4;

  /** Two signs of Chinese or Japanese are a word, and two syllables of Korean. */
  private static final int SYLLABLES = 2;

  private static final int PHRASE = 9;
  private static final int SYLLABLE_PHRASE = 4;

  private static final char BEGIN = '^';
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private Grams() {}

  /**
   * Text in small letters, each word after one space; signs of another kind begin a new word. A
   * number is one word, however its digits are grouped.
   */
  static String normalize(String text) {
    String joined = NumberReadings.joinedIn(Characters.plain(text));
    String lower = Normalizer.normalize(joined, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    StringBuilder words = new StringBuilder(lower.length() + 1).append(' ');
    boolean inWord = false;
    boolean syllables = false;
    for (int i = 0, point; i < lower.length(); i += Character.charCount(point)) {
      point = lower.codePointAt(i);
      boolean part = isPartOfWord(point);
      boolean syllable = part && isSyllable(point);
      if (inWord && (!part || syllable != syllables)) {
        words.append(' ');
      }
      if (part) {
        words.appendCodePoint(point);
      }
      inWord = part;
      syllables = syllable;
    }
    return inWord ? words.append(' ').toString() : words.toString();
  }

  private static boolean isPartOfWord(int point) {
    return switch (Character.getType(point)) {
      // Vowels of Hindi, points of Arabic.
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
      default -> Character.isLetterOrDigit(point);
    };
  }

  private static boolean isSyllable(int point) {
    if (point < 0x1100) {
      return false;
    }
    return switch (UnicodeScript.of(point)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
      default -> false;
    };
  }

  /** The pieces of the words of a text that {@link #normalize} made. */
  static void ofWords(String words, LongConsumer sink) {
    int start = 1;
    for (int end = words.indexOf(' ', start); end > start; end = words.indexOf(' ', start)) {
      ofWord(words, start, end, sink);
      start = end + 1;
    }
  }

  private static void ofWord(String words, int start, int end, LongConsumer sink) {
    boolean syllables = isSyllable(words.codePointAt(start));
    int size = syllables ? SYLLABLES : WORD;
    int from = syllables ? start : start - 1;
    int last = Math.max(from, end - size);
    for (int i = from; i <= last; i++) {
      long piece = 0;
      for (int j = i; j < Math.min(i + size, end); j++) {
        piece = piece << 16 | (j < start ? BEGIN : words.charAt(j));
      }
      sink.accept(piece);
    }
  }

  /** Whether phrases of a text are made of syllables rather than letters. */
  static boolean isOfSyllables(String words) {
    long letters = words.codePoints().filter(point -> point != ' ').count();
    return words.codePoints().filter(Grams::isSyllable).count() * 2 > letters;
  }

  /**
   * The pieces of a text that reach over the bounds of words.
   *
   * @param syllables as {@link #isOfSyllables} says of the question
   */
  static void ofPhrases(String words, boolean syllables, LongConsumer sink) {
    int size = syllables ? SYLLABLE_PHRASE : PHRASE;
    long highest = 1;
    for (int i = 1; i < size; i++) {
      highest *= FACTOR;
    }
    long hash = 0;
    for (int i = 0; i < words.length(); i++) {
      if (i >= size) {
        hash -= words.charAt(i - size) * highest;
      }
      hash = hash * FACTOR + words.charAt(i);
      if (i >= size - 1) {
        sink.accept(hash);
      }
    }
    if (words.length() < size) {
      sink.accept(hash);
    }
  }
}
