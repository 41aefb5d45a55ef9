package dev.ragline.server.grpc;

/** Cuts texts to a number of UTF-8 bytes, never within a code point. */
final class Utf8Prefix {
  private static final String ELLIPSIS = "…";
  private static final int ELLIPSIS_BYTES = 3;

  private Utf8Prefix() {}

  /** The longest beginning of a text that has at most {@code maxBytes} bytes. */
  static String of(String text, int maxBytes) {
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      bytes += bytes(point);
      if (bytes > maxBytes) {
        return text.substring(0, end);
      }
      end += Character.charCount(point);
    }
    return text;
  }

  /** A text of at most {@code maxBytes} bytes, with an ellipsis in place of what was cut off. */
  static String shortened(String text, int maxBytes) {
    String whole = of(text, maxBytes);
    return whole.length() == text.length()
        ? text
        : of(text, Math.max(0, maxBytes - ELLIPSIS_BYTES)) + ELLIPSIS;
  }

  /** A surrogate that stands alone is written as a question mark. */
  private static int bytes(int point) {
    if (point < 0x80) {
      return 1;
    }
    if (point < 0x800) {
      return 2;
    }
    if (Character.isSupplementaryCodePoint(point)) {
      return 4;
    }
    return Character.isSurrogate((char) point) ? 1 : 3;
  }
}
