package dev.ragline.client.cli;

import dev.ragline.v1.Warning;
import java.util.stream.Collectors;

/** How foreign text is shown to people. */
final class Text {
  private Text() {}

  /**
   * The text without the control characters by which a document could command a terminal; line ends
   * and tabs stay.
   */
  static String printable(String text) {
    if (text.codePoints().noneMatch(Text::isUnsafe)) {
      return text;
    }
    return text.codePoints()
        .map(c -> isUnsafe(c) ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** The text on one line, with every run of white space as one space. */
  static String oneLine(String text) {
    return printable(text).strip().replaceAll("\\s+", " ");
  }

  /** A warning on one line, with the word to switch on in parentheses. */
  static String warning(Warning warning) {
    return "warning: %s (%s)".formatted(oneLine(warning.getMessage()), oneLine(warning.getCode()));
  }

  /** A number of things, for example {@code 1 chunk} and {@code 2 chunks}. */
  static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** The text cut to so many code points, with an ellipsis where something is missing. */
  static String cut(String text, int codePoints) {
    if (text.codePointCount(0, text.length()) <= codePoints) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, codePoints - 1)) + "…";
  }

  /** The first lines that are not blank, cut, each with an indent before it. */
  static String beginning(String text, int lines, int codePoints, String indent) {
    return text.lines()
        .filter(line -> !line.isBlank())
        .limit(lines)
        .map(line -> indent + cut(oneLine(line), codePoints) + "\n")
        .collect(Collectors.joining());
  }

  private static boolean isUnsafe(int codePoint) {
    return Character.isISOControl(codePoint) && codePoint != '\n' && codePoint != '\t';
  }
}
