package dev.ragline.parsing;

import dev.ragline.document.reading.ReadingBuilder;
import dev.ragline.document.reading.ReadingUnit.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows a block of HTML as a browser does: blocks, rows and cells apart, white space folded but in
 * {@code pre}, character references as their characters. An unfinished tag or comment hides
 * nothing. Used once.
 */
final class HtmlReader {
  private final MaskedText text;
  private final ReadingBuilder out;
  private final int level;

  /** The block's chars as the parser sees them, and where each stands in the source. */
  private final String html;

  private final int[] places;

  /** The last place at which a comment that ends can begin, and one more. */
  private final int lastComment;

  private final int lastEnd;

  private @Nullable Map<String, Integer> ends;

  private Kind kind = Kind.PARAGRAPH;
  private int heading;
  private boolean open;
  private boolean row;
  private int cells;
  private boolean pre;

  /** Whether the row names columns, whatever its cells are. */
  private boolean inHead;

  /** Whether no row of the table was read yet. */
  private boolean first;

  /** Line ends in a row. */
  private int lines;

  HtmlReader(MaskedText text, String html, int[] places, int level, ReadingBuilder out) {
    this.text = text;
    this.html = html;
    this.places = places;
    this.lastEnd = html.lastIndexOf('>');
    this.lastComment = html.lastIndexOf("-->") - 1;
    this.level = level;
    this.out = out;
  }

  void read() {
    int at = 0;
    while (at < html.length()) {
      char c = html.charAt(at);
      if (c == '<') {
        at = markup(at);
      } else if (c == '&') {
        at = reference(at);
      } else {
        show(at);
        at++;
      }
    }
    out.close();
  }

  private int markup(int at) {
    if (html.startsWith("<!--", at) && at < lastComment) {
      return html.indexOf("-->", at + 2) + 3;
    }
    if (html.regionMatches(true, at, "<!doctype", 0, 9) && at < lastEnd) {
      return html.indexOf('>', at) + 1;
    }
    HtmlTag tag = HtmlTag.at(html, at);
    if (tag == null || !(tag.isBlock() || tag.closing() || tag.standsAlone() || isClosed(tag))) {
      show(at);
      return at + 1;
    }
    if (tag.hides() && !tag.closing()) {
      int end = closing(tag);
      return end < 0 ? html.length() : end;
    }
    enter(tag);
    return tag.end();
  }

  /** Whether the element ends in this block. */
  private boolean isClosed(HtmlTag tag) {
    if (ends == null) {
      ends = ends();
    }
    return ends.getOrDefault(tag.name(), -1) >= tag.end();
  }

  /** Where elements end for the last time, by their names. */
  private Map<String, Integer> ends() {
    Map<String, Integer> found = new HashMap<>();
    for (int at = html.indexOf("</"); at >= 0; at = html.indexOf("</", at + 2)) {
      HtmlTag tag = HtmlTag.at(html, at);
      if (tag != null) {
        found.put(tag.name(), at);
      }
    }
    return found;
  }

  /** Where the next end of an element stands; -1 without one. */
  private int closing(HtmlTag tag) {
    String end = "</" + tag.name();
    for (int i = html.indexOf("</", tag.end()); i >= 0; i = html.indexOf("</", i + 2)) {
      if (html.regionMatches(true, i, end, 0, end.length())) {
        return i;
      }
    }
    return -1;
  }

  private void enter(HtmlTag tag) {
    if (tag.name().equals("br")) {
      out.separate(" ");
    } else if (tag.name().equals("img")) {
      alternative(tag.value(html, "alt"));
    } else if (tag.isCell()) {
      cell(tag);
    } else if (tag.isBlock()) {
      block(tag);
    }
  }

  private void alternative(int @Nullable [] value) {
    if (value != null) {
      for (int i = value[0]; i < value[1]; ) {
        if (html.charAt(i) == '&') {
          i = reference(i);
        } else {
          show(i);
          i++;
        }
      }
    }
  }

  private void cell(HtmlTag tag) {
    if (tag.closing()) {
      return;
    }
    if (!row) {
      beginRow();
    }
    if (cells > 0) {
      out.separate(" | ");
    }
    if (cells == 0 && (tag.name().equals("th") || inHead || (first && isStrong(tag.end())))) {
      out.open(Kind.TABLE_HEADER, level);
    }
    out.openPart();
    cells++;
  }

  /** Whether a cell begins with emphasis: in a table's first row, that names a column. */
  private boolean isStrong(int at) {
    int next = at;
    while (next < html.length() && Blanks.isBlank(html.charAt(next))) {
      next++;
    }
    return html.regionMatches(true, next, "<strong>", 0, 8)
        || html.regionMatches(true, next, "<b>", 0, 3);
  }

  private void beginRow() {
    out.close();
    out.separate("\n");
    out.open(Kind.TABLE_ROW, level);
    open = true;
    row = true;
    cells = 0;
  }

  private void block(HtmlTag tag) {
    boolean within = row && !tag.name().equals("tr") && !tag.name().startsWith("t");
    if (within) {
      out.separate(" ");
      return;
    }
    out.close();
    first = tag.name().equals("table") ? !tag.closing() : first && (!row || cells == 0);
    inHead = tag.name().equals("thead") ? !tag.closing() : inHead && tag.name().equals("tr");
    open = false;
    row = false;
    out.separate(tag.name().startsWith("t") && !tag.name().equals("title") ? "\n" : "\n\n");
    pre = tag.name().equals("pre") && !tag.closing();
    heading = tag.closing() ? 0 : tag.heading();
    kind = pre ? Kind.CODE : heading > 0 ? Kind.HEADING : Kind.PARAGRAPH;
    if (!tag.closing()) {
      if (tag.name().equals("li")) {
        kind = Kind.LIST_ITEM;
      } else if (tag.name().equals("tr")) {
        beginRow();
      }
    }
  }

  private int reference(int at) {
    CharacterReference reference = CharacterReference.at(html, at);
    if (reference == null) {
      show(at);
      return at + 1;
    }
    begin();
    out.replaced(places[at], places[reference.end() - 1] + 1, reference.shown());
    return reference.end();
  }

  private void show(int at) {
    char c = html.charAt(at);
    if (pre && c == '\n') {
      lines++;
      out.separate("\n".repeat(lines));
    } else if (Character.isWhitespace(c) && !pre) {
      out.separate(" ");
    } else if (c != MaskedText.NOTHING) {
      begin();
      text.show(places[at], out);
    }
  }

  private void begin() {
    lines = 0;
    if (!open) {
      out.open(kind, heading > 0 ? heading : level);
      open = true;
    }
  }
}
