package dev.ragline.chunking;

import dev.ragline.parsing.Blanks;

/** Where running text can be cut without cutting what a reader takes for one unit. */
final class Words {
  /** Marks that a char may carry before cutting through them is the lesser evil. */
  private static final int MAX_MARKS = 32;

  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Words() {}

  /**
   * Whether a word begins at {@code index}; scripts that are written without spaces begin one at
   * each character.
   */
  static boolean startsAt(String text, int index) {
    if (index <= 0 || index >= text.length()) {
      return true;
    }
    if (splitsPair(text, index) || Blanks.isBlank(text.charAt(index))) {
      return false;
    }
    return Blanks.isBlank(text.charAt(index - 1))
        || (isUnspaced(text.codePointBefore(index)) && isUnspaced(text.codePointAt(index)));
  }

  /** The last start of a word after {@code from} and up to {@code to}, or {@code from}. */
  static int lastStart(String text, int from, int to) {
    int at = to;
    while (at > from && !startsAt(text, at)) {
      at--;
    }
    return at;
  }

  /** The last place up to {@code to}, and after {@code from}, that cuts no character in parts. */
  static int lastCharacterStart(String text, int from, int to) {
    int at = to;
    for (int i = 0; i < MAX_MARKS && at > from && continues(text, at); i++) {
      at--;
    }
    if (at > from && !continues(text, at)) {
      return at;
    }
    return splitsPair(text, to) ? to - 1 : to;
  }

  private static boolean continues(String text, int at) {
    if (splitsPair(text, at)) {
      return true;
    }
    if (at <= 0 || at >= text.length()) {
      return false;
    }
    int next = text.codePointAt(at);
    return switch (Character.getType(next)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.MODIFIER_SYMBOL ->
          true;
      default -> next == ZERO_WIDTH_JOINER || text.codePointBefore(at) == ZERO_WIDTH_JOINER;
    };
  }

  private static boolean splitsPair(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isLowSurrogate(text.charAt(at))
        && Character.isHighSurrogate(text.charAt(at - 1));
  }

  private static boolean isUnspaced(int codePoint) {
    return Character.isIdeographic(codePoint)
        || switch (Character.UnicodeScript.of(codePoint)) {
          case HIRAGANA, KATAKANA -> true;
          default -> false;
        };
  }
}
