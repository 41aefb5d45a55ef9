package dev.ragline.parsing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Splits running text into sentences, after the sentence rules of Unicode's UAX #29 in short:
 * {@code !}, {@code ?} and their likes end one before white space, those of Chinese and Japanese
 * always, a full stop unless a small letter follows. Abbreviations, initials and numbers of lists
 * go on. The JDK's own BreakIterator takes quadratic time on some texts and passes over Arabic
 * marks; one pass over the text is enough here.
 */
final class SentenceEnds {
  private static final String WIDE = "。！？｡．";
  private static final String STRONG = "!?؟۔।॥‼⁇⁈⁉";
  private static final String WEAK = ".…";
  private static final String CLOSERS = ")]}\"'”’»」』）】》*_`~";
  private static final String OPENERS = "([{\"'“‘«「『（【《*_`~";

  private static final Set<String> ABBREVIATIONS =
      Set.of("e.g", "i.e", "vs", "cf", "dr", "mr", "mrs", "ms", "prof", "st");
  private static final Set<String> BEFORE_NUMBERS =
      Set.of("no", "nr", "fig", "figs", "eq", "sec", "ch", "vol", "p", "pp", "ca", "approx");
  private static final int LONGEST_ABBREVIATION = 6;

  private final String text;
  private final List<TextSpan> sentences = new ArrayList<>();
  private int start;

  private SentenceEnds(String text) {
    this.text = text;
  }

  /** The sentences without blanks at their ends; all that is visible is in one of them. */
  static List<TextSpan> split(String text) {
    SentenceEnds ends = new SentenceEnds(text);
    ends.run();
    return ends.sentences;
  }

  private void run() {
    int i = 0;
    while (i < text.length()) {
      if (!isTerminator(text.charAt(i))) {
        i++;
        continue;
      }
      int mark = i;
      while (i < text.length() && isTerminator(text.charAt(i))) {
        i++;
      }
      char last = text.charAt(i - 1);
      while (i < text.length() && CLOSERS.indexOf(text.charAt(i)) >= 0) {
        i++;
      }
      if (ends(last, mark, i)) {
        add(i);
      }
    }
    add(text.length());
  }

  private void add(int end) {
    TextSpan sentence = Blanks.trim(text, new TextSpan(start, end));
    if (sentence.length() > 0) {
      sentences.add(sentence);
    }
    start = end;
  }

  private boolean ends(char last, int mark, int end) {
    if (WIDE.indexOf(last) >= 0) {
      return true;
    }
    if (end < text.length() && !Blanks.isBlank(text.charAt(end))) {
      return false;
    }
    return STRONG.indexOf(last) >= 0 || !goesOn(mark, following(end));
  }

  /** The first char of what follows, past blanks and opening marks; a blank at the end. */
  private char following(int end) {
    int at = end;
    while (at < text.length()
        && (Blanks.isBlank(text.charAt(at)) || OPENERS.indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : ' ';
  }

  private boolean goesOn(int mark, char following) {
    if (Character.isLowerCase(following)) {
      return true;
    }
    int from = mark;
    int limit = Math.max(start, mark - LONGEST_ABBREVIATION - 1);
    while (from > limit && isWordPart(text.charAt(from - 1))) {
      from--;
    }
    String word = text.substring(from, mark);
    String lower = word.toLowerCase(Locale.ROOT);
    boolean isInitial = word.length() == 1 && Character.isUpperCase(word.charAt(0));
    boolean isOrdinal =
        !word.isEmpty()
            && word.chars().allMatch(Character::isDigit)
            && Blanks.isBlank(text, new TextSpan(start, from));
    return isInitial
        || isOrdinal
        || ABBREVIATIONS.contains(lower)
        || (Character.isDigit(following) && BEFORE_NUMBERS.contains(lower));
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '.';
  }

  private static boolean isTerminator(char c) {
    return WEAK.indexOf(c) >= 0 || STRONG.indexOf(c) >= 0 || WIDE.indexOf(c) >= 0;
  }
}
