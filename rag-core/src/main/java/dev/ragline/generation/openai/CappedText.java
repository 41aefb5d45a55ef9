package dev.ragline.generation.openai;

import java.util.function.Consumer;

/** Hands text on up to a number of bytes. */
final class CappedText {
  private final Consumer<String> text;
  private long left;
  private boolean begun;

  /**
   * @param longest bytes in UTF-8
   */
  CappedText(int longest, Consumer<String> text) {
    this.left = longest;
    this.text = text;
  }

  /**
   * Hands a piece on.
   *
   * @return whether all of it fitted; else its beginning was handed on, which ends with a code
   *     point
   */
  boolean accept(String piece) {
    int end = fitting(piece);
    if (end > 0) {
      begun = true;
      text.accept(end == piece.length() ? piece : piece.substring(0, end));
    }
    return end == piece.length();
  }

  /** Whether any text was handed on. */
  boolean hasBegun() {
    return begun;
  }

  private int fitting(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      // Halves of a pair may come in two pieces; each is counted as half of the pair's four bytes.
      int bytes = c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      if (bytes > left) {
        return i > 0 && Character.isHighSurrogate(piece.charAt(i - 1)) ? i - 1 : i;
      }
      left -= bytes;
    }
    return piece.length();
  }
}
