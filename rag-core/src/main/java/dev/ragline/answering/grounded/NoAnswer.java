package dev.ragline.answering.grounded;

/**
 * Notices a model that says, as it was told to, that the passages do not hold the answer. Nothing
 * of its text goes on before it is clear that it says something else; what it writes behind the
 * mark is no answer, either.
 */
final class NoAnswer {
  /** What a model is told to write; the same in every language. */
  static final String MARK = "NO_ANSWER";

  /** What may stand before it. */
  private static final String WRAPPING = "\"'`*_[(“„«";

  private final StringBuilder held = new StringBuilder();
  private boolean decided;
  private boolean said;

  /** Takes the next piece of a text, and gives what of it goes on. */
  String next(String piece) {
    if (decided) {
      return said ? "" : piece;
    }
    held.append(piece);
    int start = 0;
    while (start < held.length() && wraps(held.charAt(start))) {
      start++;
    }
    String text = held.substring(start);
    said = text.startsWith(MARK);
    decided = said || !MARK.startsWith(text);
    return decided && !said ? end() : "";
  }

  private static boolean wraps(char c) {
    return Character.isWhitespace(c) || WRAPPING.indexOf(c) >= 0;
  }

  /** Ends the text: what was held back and is no mark. */
  String end() {
    String rest = said ? "" : held.toString();
    held.setLength(0);
    decided = true;
    return rest;
  }

  /** Whether the model says that there is no answer. */
  boolean said() {
    return said;
  }
}
