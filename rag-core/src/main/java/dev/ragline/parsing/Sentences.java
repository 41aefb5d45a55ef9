package dev.ragline.parsing;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The sentences of a text. */
public final class Sentences {
  private Sentences() {}

  /** The sentences in order, without the white space around them; a blank line ends one too. */
  public static List<TextSpan> in(String text) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    List<TextSpan> sentences = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int blank = text.indexOf("\n\n", start);
      int end = blank < 0 ? text.length() : blank;
      String block = text.substring(start, end);
      breaks.setText(block);
      int from = breaks.first();
      for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
        if (to == block.length() || endsSentence(block.charAt(to - 1))) {
          add(text, start + from, start + to, sentences);
          from = to;
        }
      }
      start = end + 2;
    }
    return sentences;
  }

  /** Where no space follows, as within a link's address, only a full-width mark ends a sentence. */
  private static boolean endsSentence(char last) {
    return Character.isWhitespace(last) || last > 0x7F;
  }

  private static void add(String text, int from, int to, List<TextSpan> sentences) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    if (start < end) {
      sentences.add(new TextSpan(start, end));
    }
  }
}
