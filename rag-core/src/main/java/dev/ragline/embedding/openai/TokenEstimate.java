package dev.ragline.embedding.openai;

import java.util.ArrayList;
import java.util.List;

/**
 * Tokens of a text as counted without the model's tokenizer, which an endpoint does not give away:
 * a third of its UTF-8 bytes, rounded up, and at least one a word. Prose in Latin script has about
 * four bytes a token and CJK about three, so that the estimate errs towards too many; text of rare
 * symbols can have more.
 *
 * <p>Of digits there is one a token, as the tokenizers of Gemma, Qwen and SmolLM2 part them, and so
 * of the letters between them in a number in hex, which seldom make a piece of two.
 */
final class TokenEstimate {
  /** Bytes a token, and what a token is counted in: each byte is one of them. */
  private static final int THIRDS = 3;

  private TokenEstimate() {}

  /** The estimate for a whole text. */
  static int count(String text) {
    Tally tally = new Tally();
    text.codePoints().forEach(tally::add);
    return tally.tokens();
  }

  /**
   * Cuts a text into pieces of at most {@code limit} tokens each, between words where it can;
   * joined they are the text.
   *
   * @param limit at least 2, so that every character fits
   */
  static List<String> split(String text, int limit) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = endOfPiece(text, start, limit);
      pieces.add(text.substring(start, end));
      start = end;
    }
    return pieces;
  }

  private static int endOfPiece(String text, int start, int limit) {
    Tally tally = new Tally();
    int afterSpace = start;
    int at = start;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      tally.add(character);
      if (tally.tokens() > limit) {
        return afterSpace > start ? afterSpace : at;
      }
      at += Character.charCount(character);
      if (Character.isWhitespace(character)) {
        afterSpace = at;
      }
    }
    return at;
  }

  /** Counts thirds of tokens, and words, as characters pass by. */
  private static final class Tally {
    private int thirds;
    private int words;
    private boolean inWord;

    /** Letters of what may become a number in hex, once it has a digit; they count as prose. */
    private int letters;

    private boolean hasDigit;
    private boolean isHex = true;

    void add(int character) {
      thirds += thirdsOf(character);
      boolean space = Character.isWhitespace(character);
      if (!space && !inWord) {
        words++;
      }
      inWord = !space;
    }

    /** Never takes back what it has counted, so that a longer text has no fewer tokens. */
    private int thirdsOf(int character) {
      int bytes = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
      if (Character.isDigit(character)) {
        int owed = isHex ? letters * (THIRDS - 1) : 0;
        letters = 0;
        hasDigit = true;
        return Math.max(bytes, THIRDS) + owed;
      }
      if (!Character.isLetter(character)) {
        letters = 0;
        hasDigit = false;
        isHex = true;
        return bytes;
      }
      isHex &= character < 0x80 && Character.digit(character, 16) >= 0;
      if (isHex && hasDigit) {
        return THIRDS;
      }
      letters++;
      return bytes;
    }

    int tokens() {
      return Math.max(Math.ceilDiv(thirds, THIRDS), words);
    }
  }
}
