package dev.ragline.parsing;

import dev.ragline.document.reading.TextSpan;
import java.util.ArrayList;
import java.util.List;

/** Cuts at line ends: LF, CRLF or CR. */
public final class Lines {
  private Lines() {}

  /** The lines of a span, each with its line end; together they are the span. */
  public static List<TextSpan> of(String text, TextSpan span) {
    List<TextSpan> lines = new ArrayList<>();
    int start = span.start();
    for (int i = start; i < span.end(); i++) {
      if (endsLine(text, i)) {
        lines.add(new TextSpan(start, i + 1));
        start = i + 1;
      }
    }
    if (start < span.end()) {
      lines.add(new TextSpan(start, span.end()));
    }
    return lines;
  }

  private static boolean endsLine(String text, int i) {
    char c = text.charAt(i);
    return c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
  }
}
