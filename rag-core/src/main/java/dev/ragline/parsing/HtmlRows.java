package dev.ragline.parsing;

import dev.ragline.document.reading.TextSpan;
import java.util.List;
import java.util.regex.Pattern;

/** Where the rows of an HTML table begin. */
public final class HtmlRows {
  private static final Pattern ROW = Pattern.compile("<tr(?=[\\s/>])", Pattern.CASE_INSENSITIVE);

  private HtmlRows() {}

  /** Whether a block has any. */
  static boolean isIn(String block) {
    return ROW.matcher(block).find();
  }

  /** The starts of rows within a span, ascending; none in a table that is not HTML. */
  public static List<Integer> starts(String text, TextSpan span) {
    return ROW.matcher(text)
        .region(span.start(), span.end())
        .results()
        .map(row -> row.start())
        .toList();
  }
}
