package dev.ragline.analysis;

import com.google.common.base.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a number may mean, however its digits are grouped: {@code 12,500}, {@code 12 500}, {@code
 * 12'500} and {@code 12500} are one. Where signs leave two readings, both are given: {@code 3.141}
 * is itself, and 3141. Versions, dates and addresses, whose parts are no groups, stay as they are.
 */
public final class NumberReadings {
  /**
   * A number in a text: grouped by spaces, or by signs, or not at all. So many groups at most as no
   * number has more of, so that a column of numbers is looked at once.
   */
  static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\p{Nd}_])(?<![\\p{Nd}][.,'’:\\u00A0\\u202F\\u2009])(?:[1-9]\\p{Nd}{0,2}(?:(["
              + " \\u00A0\\u202F\\u2009])\\p{Nd}{3})(?:\\1\\p{Nd}{3}){0,6}+(?!["
              + " \\u00A0\\u202F\\u2009]?\\p{Nd})(?:[.,٫]\\p{Nd}++)?"
              + "|\\p{Nd}++(?:[.,:'’٫٬]\\p{Nd}++)*+)(?![\\p{L}\\p{Nd}_])");

  /** The same, and numbers at the beginning or the end of words. */
  private static final Pattern ANY =
      Pattern.compile(NUMBER.pattern() + "|\\p{Nd}++(?:[.,:'’٫٬]\\p{Nd}++)*+");

  private static final Pattern SPACES = Pattern.compile("[ \\u00A0\\u202F\\u2009]");
  private static final Pattern GROUPED =
      Pattern.compile("[1-9]\\d{0,2}(?:([,.' ])\\d{3})(?:\\1\\d{3})*+");
  private static final Pattern INDIAN = Pattern.compile("[1-9]\\d?(?:,\\d{2})+,\\d{3}");
  private static final Pattern WITH_FRACTION = Pattern.compile("([\\d,.' ]*\\d{3})([.,])(\\d++)");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:0|[1-9]\\d{0,2})(?:\\.(?:0|[1-9]\\d{0,2})){3}");

  /** Chars of a number; what is longer is none. */
  private static final int LONGEST = 40;

  private static final Splitter COMMAS = Splitter.on(',');

  private NumberReadings() {}

  /**
   * The readings of a number, the likeliest first: digits, with a full stop before a fraction; as
   * it is written, but with the digits 0 to 9, for what is no single number.
   *
   * @param decimalComma whether a comma may stand before three digits of a fraction
   */
  public static List<String> of(String written, boolean decimalComma) {
    String number = plain(written);
    if (number.length() > LONGEST) {
      return List.of(number);
    }
    int stops = count(number, '.');
    int commas = count(number, ',');
    if (INDIAN.matcher(number).matches()) {
      return List.of(joined(number));
    }
    if (GROUPED.matcher(number).matches()) {
      return grouped(number, stops, commas, decimalComma);
    }
    Matcher fraction = WITH_FRACTION.matcher(number);
    if (stops + commas >= 1 && fraction.matches()) {
      String whole = fraction.group(1);
      boolean other = whole.indexOf(fraction.group(2).charAt(0)) < 0;
      if (other && (GROUPED.matcher(whole).matches() || INDIAN.matcher(whole).matches())) {
        return List.of(joined(whole) + "." + fraction.group(3));
      }
    }
    if (commas == 1 && stops == 0) {
      return List.of(number.replace(',', '.'));
    }
    return commas > 1 && stops == 0 ? COMMAS.splitToList(number) : List.of(number);
  }

  private static List<String> grouped(String number, int stops, int commas, boolean decimalComma) {
    String joined = joined(number);
    if (stops == 3 && ADDRESS.matcher(number).matches() && isAddress(number)) {
      return List.of(number);
    }
    if (stops > 0) {
      return stops == 1 ? List.of(number, joined) : List.of(joined, number);
    }
    return commas == 1 && decimalComma
        ? List.of(joined, number.replace(',', '.'))
        : List.of(joined);
  }

  private static boolean isAddress(String number) {
    return Splitter.on('.').splitToStream(number).allMatch(part -> Integer.parseInt(part) <= 255);
  }

  /** Each number of a text with its readings, in order, those in words too. */
  public static List<Set<String>> each(String text) {
    List<Set<String>> each = new ArrayList<>();
    Matcher numbers = ANY.matcher(text);
    while (numbers.find()) {
      each.add(Set.copyOf(of(numbers.group(), true)));
    }
    return each;
  }

  /** A text with the groups of its numbers put together, so that one number looks as another. */
  public static String joinedIn(String text) {
    if (text.chars().noneMatch(Character::isDigit)) {
      return text;
    }
    Matcher numbers = NUMBER.matcher(text);
    StringBuilder joined = new StringBuilder(text.length());
    while (numbers.find()) {
      String number = numbers.group();
      boolean plain = number.chars().allMatch(Character::isDigit);
      numbers.appendReplacement(joined, plain ? "$0" : joinedForm(number));
    }
    return numbers.appendTail(joined).toString();
  }

  private static String joinedForm(String written) {
    List<String> readings = of(written, false);
    // Three and more are the numbers of a list.
    return readings.size() > 2
        ? "$0"
        : readings.stream()
            .filter(it -> it.indexOf('.') < 0)
            .findFirst()
            .orElse(readings.getFirst());
  }

  /** The same with digits 0 to 9 and one sign for all that look alike. */
  private static String plain(String written) {
    StringBuilder plain = new StringBuilder(written.length());
    for (int i = 0, c; i < written.length(); i += Character.charCount(c)) {
      c = written.codePointAt(i);
      if (Character.isDigit(c)) {
        plain.append(Character.digit(c, 10));
      } else {
        plain.append(
            switch (c) {
              case '’' -> '\'';
              case '٬' -> ',';
              case '٫' -> '.';
              case ',', '.', '\'', ':' -> (char) c;
              default -> ' ';
            });
      }
    }
    return plain.toString();
  }

  private static String joined(String number) {
    StringBuilder joined = new StringBuilder(number.length());
    number.chars().filter(Character::isDigit).forEach(c -> joined.append((char) c));
    return joined.toString();
  }

  private static int count(String number, char sign) {
    return (int) number.chars().filter(c -> c == sign).count();
  }

  /** Whether a number as it is written is grouped by spaces. */
  static boolean isSpaced(String written) {
    return SPACES.matcher(written).find();
  }

  /** Whether it is grouped by spaces that hold it together. */
  static boolean isHeldTogether(String written) {
    return isSpaced(written) && written.indexOf(' ') < 0;
  }
}
