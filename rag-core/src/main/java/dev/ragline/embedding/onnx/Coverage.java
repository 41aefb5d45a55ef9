package dev.ragline.embedding.onnx;

import java.lang.Character.UnicodeScript;

/**
 * How much of a text a vocabulary has words for. A model that never learned a language has only its
 * letters, or not even those: MiniLM reads English in tokens of 4.4 letters, German and Italian in
 * 2.4, Russian and Arabic in 1.0, and a whole sentence of Thai as one sign for all that it cannot
 * read; its vectors of the last three tell nothing.
 *
 * @param known 0 for text that the model only spells, 1 for text that it has words for
 * @param legible 0…1, the share of letters that it has signs for
 */
record Coverage(double known, double legible) {
  /** Of a text without letters. */
  private static final Coverage ALL = new Coverage(1, 1);

  /** Letters a token of text that the model only spells, and of text that it knows. */
  private static final double SPELLED = 1.2;

  private static final double KNOWN = 2.2;

  static Coverage of(String text, Tokenizer.Tokens tokens, Tokenizer tokenizer) {
    double letters = 0;
    double unread = 0;
    int counted = 0;
    int end = 0;
    for (int i = 0; i < tokens.ids().length; i++) {
      int length = tokens.ends()[i] - tokens.starts()[i];
      // A sign that is taken apart, as Korean syllables are, counts once.
      int start = Math.max(end, tokens.starts()[i]);
      end = Math.max(end, tokens.ends()[i]);
      if (tokenizer.isUnknown(tokens.ids()[i])) {
        unread += letters(text, start, end);
      } else if (length == 0 || letters(text, tokens.starts()[i], tokens.ends()[i]) > 0) {
        counted++;
        letters += letters(text, start, end);
      }
    }
    if (letters + unread == 0) {
      return ALL;
    }
    // One token may stand for a whole sentence, so what is unread goes by letters.
    double legible = letters / (letters + unread);
    double words = counted == 0 ? 0 : (letters / counted - SPELLED) / (KNOWN - SPELLED);
    return new Coverage(legible * Math.clamp(words, 0, 1), legible);
  }

  /** Models that know Chinese, Japanese or Korean read one to two signs in a token. */
  private static double letters(String text, int start, int end) {
    return text.substring(start, end)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .mapToDouble(point -> isSyllable(point) ? 1.2 : 1)
        .sum();
  }

  private static boolean isSyllable(int point) {
    return switch (UnicodeScript.of(point)) {
      case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
      default -> false;
    };
  }
}
