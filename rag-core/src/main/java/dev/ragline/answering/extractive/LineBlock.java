package dev.ragline.answering.extractive;

import dev.ragline.parsing.TextSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of Markdown that belong together: a heading, a paragraph, a list's item without its marker,
 * a table's row. Fenced code is left out, as it holds no sentences.
 *
 * @param span chars of the text
 */
record LineBlock(TextSpan span, boolean heading) {
  private static final Pattern HEADING = Pattern.compile(" {0,3}#{1,6}(\\s.*)?");
  private static final Pattern FENCE = Pattern.compile("\\s{0,12}(```|~~~).*");
  private static final Pattern MARKER = Pattern.compile("\\s{0,12}([-*+]|\\d{1,3}[.)])\\s+");

  /** The blocks of a text, in order. */
  static List<LineBlock> in(String text) {
    List<LineBlock> blocks = new ArrayList<>();
    int open = -1;
    boolean code = false;
    int start = 0;
    while (start < text.length()) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.length() : newline;
      String line = text.substring(start, end);
      boolean fence = FENCE.matcher(line).matches();
      boolean heading = !code && HEADING.matcher(line).matches();
      boolean row = line.stripLeading().startsWith("|");
      Matcher marker = MARKER.matcher(line);
      boolean item = marker.lookingAt();
      if (code || fence || heading || row || item || line.isBlank()) {
        close(open, start, blocks);
        open = -1;
      }
      if (heading) {
        blocks.add(new LineBlock(new TextSpan(start, end), true));
      } else if (!code && !fence && !line.isBlank() && open < 0) {
        open = item ? start + marker.end() : start;
      }
      code ^= fence;
      start = end + 1;
    }
    close(open, text.length(), blocks);
    return blocks;
  }

  private static void close(int open, int end, List<LineBlock> blocks) {
    if (open >= 0 && open < end) {
      blocks.add(new LineBlock(new TextSpan(open, end), false));
    }
  }
}
