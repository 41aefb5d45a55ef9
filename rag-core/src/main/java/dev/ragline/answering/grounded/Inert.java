package dev.ragline.answering.grounded;

import dev.ragline.generation.PromptTags;
import java.util.regex.Pattern;

/**
 * Makes material of texts: whatever in them could be taken for the prompt's own has its bracket
 * escaped, visibly. Tags and marks of turns get an entity, see {@link PromptTags}, numbers like
 * those of the prompt's passages a backslash, as in Markdown.
 */
final class Inert {
  private static final String LINE_ENDS = "\n\r\f\u000B\u0085\u2028\u2029";

  /** What a passage begins with. */
  private static final Pattern PIECE = Pattern.compile("\\[[0-9]{1,3}\\]\\h");

  private Inert() {}

  /** A text as material. */
  static String of(String text, PromptTags tags) {
    return unnumbered(tags.escape(text));
  }

  private static boolean isNumber(String text, int at) {
    char c = text.charAt(at);
    return MarkScan.opens(c) && c != '(' && MarkScan.isMark(text, at);
  }

  /**
   * Escapes what would be read as the number of a passage. Code stays as it is, but for lines that
   * begin as passages do.
   */
  private static String unnumbered(String text) {
    StringBuilder out = new StringBuilder(text.length());
    CodeTracker code = new CodeTracker();
    boolean escaped = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean begins = i == 0 || LINE_ENDS.indexOf(text.charAt(i - 1)) >= 0;
      if (begins && PIECE.matcher(text).region(i, text.length()).lookingAt()) {
        out.append('\\');
      } else if (isNumber(text, i) && !escaped && !code.inside()) {
        out.append('\\');
      }
      code.next(c);
      escaped = c == '\\' && !escaped;
      out.append(c);
    }
    return out.toString();
  }
}
