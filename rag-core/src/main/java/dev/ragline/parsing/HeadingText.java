package dev.ragline.parsing;

/** Headings and titles as people read them: one line, of bounded length. */
final class HeadingText {
  /** Longer ones are cut: every chunk below a heading carries it. */
  static final int MAX_CHARS = 200;

  private HeadingText() {}

  /** The text in one line of at most {@link #MAX_CHARS}. */
  static String shorten(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length() && line.length() <= MAX_CHARS; i++) {
      char c = text.charAt(i);
      if (!Blanks.isBlank(c)) {
        line.append(c);
      } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    }
    String whole = line.toString().strip();
    if (whole.length() <= MAX_CHARS) {
      return whole;
    }
    boolean inPair = Character.isHighSurrogate(whole.charAt(MAX_CHARS - 2));
    return whole.substring(0, MAX_CHARS - (inPair ? 2 : 1)) + "…";
  }
}
