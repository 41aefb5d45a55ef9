package dev.ragline.parsing;

import dev.ragline.document.reading.TextSpan;

/** What counts as nothing to read: white space of any script, and the byte order mark. */
public final class Blanks {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Blanks() {}

  /** Whether a char shows nothing; no surrogate does. */
  public static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == BYTE_ORDER_MARK;
  }

  /** Whether a span of {@code text} shows nothing. */
  public static boolean isBlank(CharSequence text, TextSpan span) {
    return trim(text, span).length() == 0;
  }

  /** The span without the blanks at both of its ends; empty at its end when it is all blank. */
  public static TextSpan trim(CharSequence text, TextSpan span) {
    int start = span.start();
    int end = span.end();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return new TextSpan(start, end);
  }
}
