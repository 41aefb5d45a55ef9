package dev.ragline.analysis;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a text in one script, with the digits, signs and spaces that follow it.
 *
 * @param start the first char
 * @param end one past the last char
 */
record Run(int start, int end, UnicodeScript script) {
  /** Whether a text has characters that only Japanese has. */
  static boolean hasKana(String text) {
    return text.codePoints().anyMatch(c -> Scripts.of(c) == Scripts.JAPANESE);
  }

  /**
   * Divides a text. A word with letters of two scripts, such as {@code 5μm}, stays whole, where
   * both put spaces between words.
   *
   * @param japanese whether Han characters are Japanese
   */
  static List<Run> of(String text, boolean japanese) {
    List<Run> runs = new ArrayList<>();
    UnicodeScript current = UnicodeScript.COMMON;
    int start = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      UnicodeScript script = Scripts.of(c);
      if (japanese && script == UnicodeScript.HAN) {
        script = Scripts.JAPANESE;
      }
      if (script != UnicodeScript.COMMON && script != current) {
        boolean apart = !inWord || Scripts.isUnspaced(script) || Scripts.isUnspaced(current);
        if (current == UnicodeScript.COMMON) {
          current = script;
        } else if (apart) {
          runs.add(new Run(start, i, current));
          start = i;
          current = script;
        }
      }
      inWord = Character.isLetterOrDigit(c) || (inWord && isMark(c));
      i += Character.charCount(c);
    }
    if (start < text.length()) {
      runs.add(new Run(start, text.length(), letters(current)));
    }
    return runs;
  }

  private static UnicodeScript letters(UnicodeScript script) {
    return script == UnicodeScript.COMMON ? UnicodeScript.LATIN : script;
  }

  private static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
      default -> false;
    };
  }
}
