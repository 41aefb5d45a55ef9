package dev.ragline.chunking;

import dev.ragline.parsing.Blanks;

/**
 * Counts roughly as WordPiece does: a token for each five letters of a word, each sign and each
 * ideograph. Remembers how many chars it was given.
 */
final class WordCounter implements TokenCounter {
  private static final int LETTERS_PER_TOKEN = 5;

  private long charsCounted;

  @Override
  public int count(String text) {
    charsCounted += text.length();
    int tokens = 0;
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Blanks.isBlank(c)) {
        letters = 0;
      } else if (Character.isLetterOrDigit(c) && !Character.isIdeographic(c)) {
        tokens += letters++ % LETTERS_PER_TOKEN == 0 ? 1 : 0;
      } else {
        letters = 0;
        tokens++;
      }
    }
    return tokens;
  }

  long charsCounted() {
    return charsCounted;
  }
}
