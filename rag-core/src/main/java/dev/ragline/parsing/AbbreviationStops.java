package dev.ragline.parsing;

import com.google.common.base.Splitter;
import dev.ragline.document.reading.TextSpan;
import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Those of {@link SentenceRules#ABBREVIATIONS}: a full stop belongs to its word where that is an
 * abbreviation, an initial or the number of a day, unless what follows begins a sentence.
 */
final class AbbreviationStops implements FullStops {
  private static final int LONGEST_WORD = 14;

  /** Blanks between the parts of an abbreviation, as in "z. B.". */
  private static final int MOST_BLANKS = 2;

  private static final int LONGEST_PART = 3;

  /** Chars before the number of a list item that are looked at. */
  private static final int MOST_INDENT = 64;

  /** German and its neighbours write "the 3rd" as "3.", after one of these. */
  private static final Set<String> BEFORE_ORDINALS =
      Set.of(
          "am", "im", "zum", "zur", "vom", "beim", "der", "die", "das", "den", "dem", "des", "ab",
          "seit", "dieser", "diesem", "jeder", "jedem", "ihr", "ihrem", "sein", "seinem", "seinen",
          "unser", "ein", "einem", "einen", "bis", "und");

  private static final Set<String> AFTER_ORDINALS =
      Set.of(
          "januar",
          "jänner",
          "februar",
          "märz",
          "april",
          "mai",
          "juni",
          "juli",
          "august",
          "september",
          "oktober",
          "november",
          "dezember",
          "jahrhundert",
          "jahrhunderts",
          "jahrtausend",
          "jan",
          "feb",
          "mär",
          "apr",
          "jun",
          "jul",
          "aug",
          "sep",
          "sept",
          "okt",
          "nov",
          "dez");

  private static final String ROMAN = "IVXLC";

  private final CharSequence text;

  AbbreviationStops(CharSequence text) {
    this.text = text;
  }

  @Override
  public boolean goesOn(int start, int mark, int end) {
    int next = FullStops.following(text, end);
    if (next == text.length()) {
      return false;
    }
    if (Character.isLowerCase(text.charAt(next))) {
      return true;
    }
    int from = wordStart(start, mark, LONGEST_WORD);
    String word = text.subSequence(from, mark).toString();
    if (word.isEmpty()) {
      return false;
    }
    if (isNumber(word)) {
      return isOrdinal(word, start, from, next);
    }
    String before = partBefore(start, from);
    String whole = (before.isEmpty() ? word : before + "." + word).toLowerCase(Locale.ROOT);
    if (word.length() == 1) {
      return letterGoesOn(word.charAt(0), before, from, next);
    }
    return wordGoesOn(word, whole, next) || (isRoman(word) && isOrdinal(word, start, from, next));
  }

  private boolean wordGoesOn(String word, String whole, int next) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (Abbreviations.isNeverLast(lower) || Abbreviations.isNeverLast(whole)) {
      return true;
    }
    if (Character.isDigit(text.charAt(next)) && Abbreviations.isBeforeNumbers(lower)) {
      return true;
    }
    if (Abbreviations.isOftenLast(lower) || Abbreviations.isOftenLast(whole)) {
      return false;
    }
    return (isDotted(word) || Abbreviations.contains(lower))
        && !SentenceStarters.isAt(text, next, false);
  }

  /** A letter by itself: an initial, or part of an abbreviation that is written with blanks. */
  private boolean letterGoesOn(char letter, String before, int from, int next) {
    String alone = Character.toString(letter);
    String whole = (before.isEmpty() ? alone : before + "." + alone).toLowerCase(Locale.ROOT);
    boolean digit = Character.isDigit(text.charAt(next));
    if (Abbreviations.isNeverLast(before.isEmpty() ? alone : whole)
        || Abbreviations.isNeverLast(alone)
        || (digit && Abbreviations.isBeforeNumbers(alone.toLowerCase(Locale.ROOT)))) {
      return true;
    }
    if (Abbreviations.isOftenLast(whole)) {
      return false;
    }
    boolean joined = from > 0 && text.charAt(from - 1) == '-';
    if (Character.isUpperCase(letter)) {
      boolean initial = !joined && (before.isEmpty() || Character.isUpperCase(before.charAt(0)));
      return !SentenceStarters.isAt(text, next, initial);
    }
    if (letter == 'г' && isAfterDigit(from)) {
      // The Russian year, which ends more sentences than it stands before names.
      return false;
    }
    boolean part = !before.isEmpty() || joined || isPartAt(next) || isWordlessScript(letter);
    return part && !digit && !SentenceStarters.isAt(text, next, false);
  }

  /** Whether a number is that of a list, a day, or a thing of many. */
  private boolean isOrdinal(String number, int start, int from, int next) {
    if (from - start <= MOST_INDENT && Blanks.isBlank(text, new TextSpan(start, from))) {
      return isNumber(number);
    }
    if (number.length() > LONGEST_PART && !isRoman(number)) {
      return false;
    }
    if (Character.isDigit(text.charAt(next))) {
      // 3. 10. 2019
      return number.length() <= 2 && (isPartAt(next) || isNumber(partBefore(start, from)));
    }
    int end = next;
    while (end < text.length()
        && end - next <= LONGEST_WORD
        && Character.isLetter(text.charAt(end))) {
      end++;
    }
    if (AFTER_ORDINALS.contains(text.subSequence(next, end).toString().toLowerCase(Locale.ROOT))) {
      return true;
    }
    int last = blanksBefore(start, from);
    String before = text.subSequence(wordStart(start, last, LONGEST_WORD), last).toString();
    return BEFORE_ORDINALS.contains(before.toLowerCase(Locale.ROOT))
        && !SentenceStarters.isAt(text, next, false);
  }

  private int wordStart(int start, int mark, int most) {
    int from = mark;
    int limit = Math.max(start, mark - most - 1);
    while (from > limit && isWordPart(text.charAt(from - 1))) {
      from--;
    }
    return from;
  }

  private int blanksBefore(int start, int from) {
    int at = from;
    while (at > start && from - at < MOST_BLANKS && Blanks.isBlank(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  /** The short word with a full stop that stands before a place, without it; or nothing. */
  private String partBefore(int start, int from) {
    int at = blanksBefore(start, from);
    if (at == from || at <= start || text.charAt(at - 1) != '.') {
      return "";
    }
    int part = wordStart(start, at - 1, LONGEST_PART + 2);
    return at - 1 - part <= LONGEST_PART + 2 ? text.subSequence(part, at - 1).toString() : "";
  }

  /** Whether a short word with a full stop stands at a place. */
  private boolean isPartAt(int at) {
    int end = at;
    while (end < text.length()
        && end - at <= LONGEST_PART
        && Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    return end - at <= LONGEST_PART && end < text.length() && text.charAt(end) == '.';
  }

  private boolean isAfterDigit(int from) {
    int at = blanksBefore(0, from);
    return at > 0 && Character.isDigit(text.charAt(at - 1));
  }

  /** Whether a word is short parts with full stops, one of them a letter, as U.S or Ph.D. */
  private static boolean isDotted(String word) {
    List<String> parts = Splitter.on('.').splitToList(word);
    return parts.size() > 1
        && parts.stream().allMatch(it -> !it.isEmpty() && it.length() <= LONGEST_PART)
        && parts.stream().anyMatch(it -> it.length() == 1)
        && word.chars().noneMatch(Character::isDigit);
  }

  private static boolean isNumber(String word) {
    return !word.isEmpty() && word.chars().allMatch(Character::isDigit);
  }

  private static boolean isRoman(String word) {
    return word.length() > 1 && word.chars().allMatch(c -> ROMAN.indexOf(c) >= 0);
  }

  /** Whether no sentence of a letter's script ends with a single small one. */
  private static boolean isWordlessScript(char letter) {
    UnicodeScript script = UnicodeScript.of(letter);
    return script == UnicodeScript.CYRILLIC || script == UnicodeScript.GREEK;
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '.';
  }
}
