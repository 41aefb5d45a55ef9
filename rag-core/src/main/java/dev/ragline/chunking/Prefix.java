package dev.ragline.chunking;

import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.Blanks;

/** Finds how much of a running text fits, with few counts of short texts. */
final class Prefix {
  private static final int MAX_COUNTS = 12;
  private static final int CHARS_PER_TOKEN = 4;

  private final Reading reading;
  private final String text;
  private final TokenCounter counter;

  /**
   * @param reading of the text that is cut; what is seen of it is counted
   */
  Prefix(Reading reading, TokenCounter counter) {
    this.reading = reading;
    this.text = reading.source();
    this.counter = counter;
  }

  /**
   * The end of a large prefix of {@code span} of at most {@code room} tokens and {@code maxChars}:
   * whole words, or whole characters where even the first word does not fit. At least one code
   * point.
   */
  int end(TextSpan span, int room, int maxChars) {
    int words = search(span, room, maxChars, true);
    int end = words > span.start() ? words : search(span, room, maxChars, false);
    if (end > span.start()) {
      return end;
    }
    return span.start() + Character.charCount(text.codePointAt(span.start()));
  }

  /** Narrows the length by the density of tokens seen so far; the span's start when none fits. */
  private int search(TextSpan span, int room, int maxChars, boolean words) {
    int fits = span.start();
    int fails = span.start() + Math.min(span.length(), maxChars) + 1;
    int guess = span.start() + room * CHARS_PER_TOKEN;
    for (int i = 0; i < MAX_COUNTS; i++) {
      int end = align(span, fits, Math.min(guess, fails - 1), words);
      if (end <= fits) {
        end = align(span, fits, fails - 1, words);
        if (end <= fits) {
          return fits;
        }
      }
      int tokens = counter.count(reading.of(new TextSpan(span.start(), end)));
      if (tokens <= room) {
        fits = end;
        if (end >= fails - 1 || room - tokens <= room / 16) {
          return fits;
        }
      } else {
        fails = end;
      }
      guess = next(span, fits, fails, end, room, tokens);
    }
    return fits;
  }

  private static int next(TextSpan span, int fits, int fails, int end, int room, int tokens) {
    long byDensity = (long) (end - span.start()) * room / Math.max(1, tokens);
    long middle = fits + (fails - fits) / 2L;
    long guess = span.start() + byDensity;
    return (int) (guess > fits && guess < fails ? guess : middle);
  }

  /** Back to where a word, or at least a character, ends; the blanks after it fall away. */
  private int align(TextSpan span, int fits, int to, boolean words) {
    int at = Math.min(to, span.end());
    if (at < span.end() && !Blanks.isBlank(text.charAt(at))) {
      at = words ? Words.lastStart(text, fits, at) : Words.lastCharacterStart(text, fits, at);
    }
    while (at > fits && Blanks.isBlank(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }
}
