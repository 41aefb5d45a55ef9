package dev.ragline.parsing;

import dev.ragline.document.LeadIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the rows of column names of HTML tables, which blank lines may cut into many blocks. */
final class HtmlTables {
  private static final Pattern TAG =
      Pattern.compile(
          "<(?:/(table|thead|tr)\\s*+>|(table|tr|th|td)(?=[\\s/>]))", Pattern.CASE_INSENSITIVE);

  /** A cell that is all emphasis names a column, too. */
  private static final Pattern STRONG =
      Pattern.compile("<td[^<>]{0,200}+>\\s{0,200}+<(?:strong|b)>", Pattern.CASE_INSENSITIVE);

  private final String text;
  private final List<TextSpan> html;
  private final List<Announcement> found = new ArrayList<>();

  /** The next block that a table can begin in. */
  private int block;

  private boolean inTable;

  /** The first row of the table; -1 before it. */
  private int rowStart;

  private int rowEnd;
  private boolean names;
  private int rows;
  private int cells;
  private int strong;

  private HtmlTables(String text, List<TextSpan> html) {
    this.text = text;
    this.html = html;
  }

  /** Whether a block is a table or a part of one. */
  static boolean isPart(CharSequence block) {
    return TAG.matcher(block).find();
  }

  /**
   * The header rows with the rows below them, in order.
   *
   * @param html the HTML blocks, in order
   */
  static List<Announcement> headerRows(String text, List<TextSpan> html) {
    if (html.isEmpty()) {
      return List.of();
    }
    HtmlTables tables = new HtmlTables(text, html);
    Matcher tag = TAG.matcher(text);
    int end = html.getLast().end();
    int last = 0;
    while (tag.find() && tag.start() < end) {
      if (tag.group(1) != null) {
        tables.close(tag.group(1).toLowerCase(Locale.ROOT), tag.start(), tag.end());
      } else {
        tables.open(tag.group(2).toLowerCase(Locale.ROOT), tag.start());
      }
      last = tag.end();
    }
    tables.end(Math.max(last, end));
    return tables.found;
  }

  private void open(String name, int start) {
    switch (name) {
      case "table" -> {
        end(start);
        if (isHtml(start)) {
          begin();
        }
      }
      case "tr" -> {
        rows++;
        if (rowStart < 0) {
          rowStart = start;
        } else if (rowEnd < 0) {
          rowEnd = start;
        }
      }
      case "th" -> names |= inHeader();
      case "td" -> {
        if (inHeader()) {
          cells++;
          strong += STRONG.matcher(text).region(start, text.length()).lookingAt() ? 1 : 0;
        }
      }
      default -> {}
    }
  }

  private void close(String name, int start, int end) {
    switch (name) {
      case "table" -> end(start);
      case "thead" -> names |= rows == 1;
      case "tr" -> {
        if (inHeader()) {
          rowEnd = end;
        }
      }
      default -> {}
    }
  }

  private void begin() {
    inTable = true;
    rowStart = -1;
    rowEnd = -1;
    names = false;
    rows = 0;
    cells = 0;
    strong = 0;
  }

  private boolean inHeader() {
    return inTable && rowStart >= 0 && rowEnd < 0;
  }

  private void end(int at) {
    if (inTable && rowEnd >= 0 && (names || (cells > 0 && cells == strong))) {
      TextSpan header = Blanks.trim(text, new TextSpan(rowStart, rowEnd));
      TextSpan rows = Blanks.trim(text, new TextSpan(rowEnd, Math.max(rowEnd, at)));
      if (rows.length() > 0) {
        found.add(new Announcement(LeadIn.Kind.HEADER_ROW, header, rows));
      }
    }
    inTable = false;
  }

  private boolean isHtml(int at) {
    while (block < html.size() && html.get(block).end() <= at) {
      block++;
    }
    return block < html.size() && html.get(block).start() <= at;
  }
}
