package dev.ragline.parsing;

import dev.ragline.document.reading.TextSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits running text into sentences, after the sentence rules of Unicode's UAX #29 in short:
 * {@code !}, {@code ?} and their likes end one before white space, those of Chinese and Japanese
 * always, a full stop unless a small letter follows or {@link FullStops} knows better. The JDK's
 * own BreakIterator takes quadratic time on some texts and passes over Arabic marks, and ICU's
 * filter of abbreviations asks each one by itself, whatever follows; one pass over the text is
 * enough here, and looks a bounded number of chars back and ahead at each full stop.
 */
final class SentenceEnds {
  private static final String WIDE = "。！？｡．";
  private static final String STRONG = "!?؟۔।॥‼⁇⁈⁉";
  private static final String WEAK = ".…";
  private static final String CLOSERS = ")]}\"'”’»」』）】》*_`~";

  private final String text;
  private final FullStops stops;
  private final List<TextSpan> sentences = new ArrayList<>();
  private int start;

  private SentenceEnds(String text, FullStops stops) {
    this.text = text;
    this.stops = stops;
  }

  /** The sentences without blanks at their ends; all that is visible is in one of them. */
  static List<TextSpan> split(String text, SentenceRules rules) {
    FullStops stops =
        switch (rules) {
          case FIRST -> new FirstFullStops(text);
          case ABBREVIATIONS -> new AbbreviationStops(text);
        };
    SentenceEnds ends = new SentenceEnds(text, stops);
    ends.run();
    return ends.sentences;
  }

  private void run() {
    int i = 0;
    while (i < text.length()) {
      if (!isTerminator(text.charAt(i))) {
        i++;
        continue;
      }
      int mark = i;
      while (i < text.length() && isTerminator(text.charAt(i))) {
        i++;
      }
      char last = text.charAt(i - 1);
      while (i < text.length() && CLOSERS.indexOf(text.charAt(i)) >= 0) {
        i++;
      }
      if (ends(last, mark, i)) {
        add(i);
      }
    }
    add(text.length());
  }

  private void add(int end) {
    TextSpan sentence = Blanks.trim(text, new TextSpan(start, end));
    if (sentence.length() > 0) {
      sentences.add(sentence);
    }
    start = end;
  }

  private boolean ends(char last, int mark, int end) {
    if (WIDE.indexOf(last) >= 0) {
      return true;
    }
    if (end < text.length() && !Blanks.isBlank(text.charAt(end))) {
      return false;
    }
    return STRONG.indexOf(last) >= 0 || !stops.goesOn(start, mark, end);
  }

  private static boolean isTerminator(char c) {
    return WEAK.indexOf(c) >= 0 || STRONG.indexOf(c) >= 0 || WIDE.indexOf(c) >= 0;
  }
}
