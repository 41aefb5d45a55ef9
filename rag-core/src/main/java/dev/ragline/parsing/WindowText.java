package dev.ragline.parsing;

import dev.ragline.document.Content;
import java.util.Arrays;

/** Takes texts out of the middle of a content that is UTF-8. */
public final class WindowText {
  private WindowText() {}

  /**
   * The text from a byte on that begins a char, of at most {@code bytes}: to the content's end, or
   * else to the end of the last line that it holds whole. Where not even half of it is whole lines,
   * it ends with the last word, or the last char.
   */
  public static SourceText read(Content content, long from, int bytes) {
    int length = (int) Math.min(bytes, content.size() - from);
    byte[] window = content.bytes(from, length);
    return from + length == content.size()
        ? SourceText.decode(window)
        : SourceText.decode(Arrays.copyOf(window, end(window)));
  }

  /** The text of bytes whose last char may be there in part only, and is left out then. */
  static SourceText decode(byte[] bytes) {
    return SourceText.decode(Arrays.copyOf(bytes, charEnd(bytes)));
  }

  private static int end(byte[] window) {
    for (char last : new char[] {'\n', '\r', ' '}) {
      for (int i = window.length - 1; i >= window.length / 2; i--) {
        // A line's end may be two chars, of which the second could be behind the window.
        if (window[i] == last && (last != '\r' || i < window.length - 1)) {
          return i + 1;
        }
      }
    }
    return charEnd(window);
  }

  private static int charEnd(byte[] bytes) {
    int start = bytes.length - 1;
    while (start >= 0 && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    if (start < 0) {
      return bytes.length;
    }
    return start + length(bytes[start]) <= bytes.length ? bytes.length : start;
  }

  /** Bytes of a char by its first. */
  private static int length(byte first) {
    if (first >= 0) {
      return 1;
    }
    return (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 : 4;
  }
}
