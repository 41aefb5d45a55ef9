package dev.ragline.answering;

/**
 * Makes well-formed UTF-16 of text that was cut anywhere: a high surrogate at a piece's end waits
 * for its partner, and a surrogate without one becomes U+FFFD. What comes out therefore has the
 * same UTF-8 whether it is encoded piece by piece or as a whole.
 */
public final class WellFormed {
  private static final char REPLACEMENT = '\uFFFD';

  /** The high surrogate that ended the last piece; 0 when there was none. */
  private char waiting;

  /** Takes a piece and gives what is certain by now, which may be empty. */
  public String next(String piece) {
    if (waiting == 0 && !hasSurrogate(piece)) {
      return piece;
    }
    StringBuilder out = new StringBuilder(piece.length() + 1);
    for (int i = 0; i < piece.length(); i++) {
      append(piece.charAt(i), out);
    }
    return out.toString();
  }

  /** Ends the text and gives what was still waiting. */
  public String end() {
    String rest = waiting == 0 ? "" : String.valueOf(REPLACEMENT);
    waiting = 0;
    return rest;
  }

  private void append(char c, StringBuilder out) {
    boolean partner = Character.isLowSurrogate(c);
    if (waiting != 0) {
      out.append(partner ? waiting : REPLACEMENT);
      if (partner) {
        out.append(c);
      }
      waiting = 0;
      if (partner) {
        return;
      }
    }
    if (Character.isHighSurrogate(c)) {
      waiting = c;
    } else {
      out.append(partner ? REPLACEMENT : c);
    }
  }

  private static boolean hasSurrogate(String piece) {
    return piece.chars().anyMatch(c -> Character.isSurrogate((char) c));
  }
}
