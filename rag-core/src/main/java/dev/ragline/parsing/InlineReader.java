package dev.ragline.parsing;

import dev.ragline.document.reading.ReadingBuilder;
import dev.ragline.document.reading.ReadingUnit.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/**
 * Shows the inlines of one block. The parser gives the text of a node and the spans of the source
 * that it comes from, which are longer where there are escapes, references and blanks at line ends:
 * the two are walked side by side.
 */
final class InlineReader {
  private final MaskedText text;
  private final int base;
  private final ReadingBuilder out;

  /** Whether the block is rows of a table whose head is elsewhere. */
  private final boolean rows;

  private @Nullable Map<String, Pair> pairs;
  private @Nullable Cell cell;

  /**
   * @param base where the parsed text begins in the source
   * @param rows whether the block is rows of a table whose head is elsewhere
   */
  InlineReader(MaskedText text, int base, boolean rows, ReadingBuilder out) {
    this.rows = rows;
    this.text = text;
    this.base = base;
    this.out = out;
  }

  /** Shows all in a block; walks without recursion, as inlines nest as their author likes. */
  void read(Node block) {
    pairs = null;
    UnreadInlines.read(block);
    @Nullable Node node = block.getFirstChild();
    while (node != null) {
      show(node, block);
      node = next(node, block);
    }
    UnreadInlines.forget(block);
  }

  /** Shows a table's cell, whose escaped pipes the parser does not count in its spans. */
  void readCell(Node node) {
    cell = node.getSourceSpans().isEmpty() ? null : Cell.of(text, base, node);
    read(node);
    cell = null;
  }

  /**
   * Where the chars of a cell stand as the parser sees them, without the escapes of its pipes.
   *
   * @param start where it says that the first one stands
   */
  private record Cell(int start, int[] places) {
    static @Nullable Cell of(MaskedText text, int base, Node node) {
      int start = base + node.getSourceSpans().getFirst().getInputIndex();
      String source = text.source();
      int end = start;
      boolean escaped = false;
      while (end < source.length() && "|\r\n".indexOf(source.charAt(end)) < 0) {
        boolean escape = source.startsWith("\\|", end);
        escaped |= escape;
        end += escape ? 2 : 1;
      }
      return escaped ? new Cell(start, places(source, start, end)) : null;
    }

    private static int[] places(String source, int start, int end) {
      int[] places = new int[end - start];
      int count = 0;
      for (int i = start; i < end; i++) {
        i += source.startsWith("\\|", i) ? 1 : 0;
        places[count++] = i;
      }
      return Arrays.copyOf(places, count);
    }

    int place(int said) {
      return places[Math.min(said - start, places.length - 1)];
    }
  }

  private static @Nullable Node next(Node node, Node block) {
    if (node.getFirstChild() != null) {
      return node.getFirstChild();
    }
    Node at = node;
    while (!at.equals(block) && at.getNext() == null) {
      at = at.getParent();
    }
    return at.equals(block) ? null : at.getNext();
  }

  private void show(Node node, Node block) {
    switch (node) {
      case Text literal -> text(literal);
      case Code code -> code(code);
      case SoftLineBreak _, HardLineBreak _ -> lineBreak();
      case HtmlInline html -> html(html, block);
      default -> {}
    }
  }

  private void lineBreak() {
    if (rows) {
      out.separate("\n");
      out.open(Kind.TABLE_ROW, 0);
    } else {
      out.separate(" ");
    }
  }

  /** The places of a node's chars in the source. */
  private int[] places(Node node) {
    List<SourceSpan> spans = node.getSourceSpans();
    int[] places = new int[spans.stream().mapToInt(SourceSpan::getLength).sum()];
    int count = 0;
    for (SourceSpan span : spans) {
      for (int i = 0; i < span.getLength(); i++) {
        int said = base + span.getInputIndex() + i;
        places[count++] = cell == null ? said : cell.place(said);
      }
    }
    return places;
  }

  private void text(Text node) {
    String shown = node.getLiteral();
    int[] places = places(node);
    int at = 0;
    int i = 0;
    while (i < shown.length() && at < places.length) {
      int run = run(shown, i, places, at);
      char c = text.at(places[at]);
      CharacterReference reference = c == '&' ? reference(shown, i, places[at]) : null;
      if (run > 0) {
        out.verbatim(places[at], places[at] + run);
        at += run;
        i += run;
      } else if (c == '\\' && isEscape(shown, i, places, at)) {
        out.replaced(places[at], places[at] + 2, shown.substring(i, i + 1));
        at += 2;
        i++;
      } else if (reference != null) {
        out.replaced(places[at], reference.end(), reference.shown());
        at += reference.end() - places[at];
        i += reference.shown().length();
      } else if (c == shown.charAt(i)) {
        plain(places[at], c);
        at++;
        i++;
      } else {
        // Blanks at a line's end, and escapes that are the table's own.
        at++;
      }
    }
  }

  /** How many chars are shown as they stand, without anything that could be otherwise. */
  private int run(String shown, int i, int[] places, int at) {
    int n = 0;
    while (i + n < shown.length()
        && at + n < places.length
        && places[at + n] == places[at] + n
        && !text.isMasked(places[at + n])
        && text.at(places[at + n]) == shown.charAt(i + n)
        && special().indexOf(shown.charAt(i + n)) < 0) {
      n++;
    }
    return n;
  }

  /** Chars that are looked at one by one. */
  private String special() {
    return rows ? "\\&| \t" : "\\&";
  }

  private void plain(int place, char c) {
    if (rows && Blanks.isBlank(c)) {
      out.separate(" ");
    } else if (rows && c == '|') {
      out.separate(" | ");
      out.openPart();
    } else {
      text.show(place, out);
    }
  }

  /** Whether a backslash shows the next char. */
  private boolean isEscape(String shown, int i, int[] places, int at) {
    return at + 1 < places.length
        && places[at + 1] == places[at] + 1
        && isPunctuation(text.at(places[at + 1]))
        && text.at(places[at + 1]) == shown.charAt(i);
  }

  private static boolean isPunctuation(char c) {
    return c > ' ' && c < 0x7F && !Character.isLetterOrDigit(c);
  }

  private @Nullable CharacterReference reference(String shown, int i, int place) {
    CharacterReference reference = CharacterReference.at(text.source(), place);
    return reference != null && shown.startsWith(reference.shown(), i) ? reference : null;
  }

  /** As its source has it, marks of other tools included; a line end is a blank. */
  private void code(Code node) {
    int[] places = places(node);
    int from = 0;
    while (from < places.length && text.at(places[from]) == '`') {
      from++;
    }
    int to = Math.max(from, places.length - from);
    // Of blanks at both ends the parser takes one each.
    boolean stripped = node.getLiteral().length() < shownLength(places, from, to);
    from += stripped ? 1 : 0;
    to -= stripped ? 1 : 0;
    for (int i = from; i < to; i++) {
      if (i > from && places[i] != places[i - 1] + 1) {
        out.separate(" ");
      }
      out.verbatim(places[i], places[i] + 1);
    }
  }

  private static int shownLength(int[] places, int from, int to) {
    int length = to - from;
    for (int i = from + 1; i < to; i++) {
      length += places[i] == places[i - 1] + 1 ? 0 : 1;
    }
    return length;
  }

  private void html(HtmlInline node, Node block) {
    String html = node.getLiteral();
    int[] places = places(node);
    HtmlTag tag = HtmlTag.at(html, 0);
    if (html.startsWith("<!--")) {
      return;
    }
    if (tag == null || !(tag.standsAlone() || isPaired(places, tag, block))) {
      for (int place : places) {
        text.show(place, out);
      }
    } else if (tag.name().equals("img")) {
      alternative(html, places, tag);
    } else if (tag.isCell()) {
      out.separate(" | ");
    } else if (tag.isBlock() || tag.name().equals("br")) {
      out.separate(" ");
    }
  }

  private void alternative(String html, int[] places, HtmlTag tag) {
    int[] value = tag.value(html, "alt");
    if (value != null) {
      for (int i = value[0]; i < value[1]; i++) {
        text.show(places[i], out);
      }
    }
  }

  /** Whether the block has the element's other end. */
  private boolean isPaired(int[] places, HtmlTag tag, Node block) {
    if (pairs == null) {
      pairs = pairs(block);
    }
    Pair pair = pairs.getOrDefault(tag.name(), Pair.NONE);
    return tag.closing() ? pair.begins() < places[0] : pair.ends() > places[0];
  }

  /**
   * An element in a block.
   *
   * @param begins where it begins for the first time in the source
   * @param ends where it ends for the last time
   */
  private record Pair(int begins, int ends) {
    static final Pair NONE = new Pair(Integer.MAX_VALUE, -1);

    Pair with(boolean closing, int place) {
      return closing ? new Pair(begins, place) : new Pair(Math.min(begins, place), ends);
    }
  }

  private Map<String, Pair> pairs(Node block) {
    Map<String, Pair> found = new HashMap<>();
    for (@Nullable Node at = block.getFirstChild(); at != null; at = next(at, block)) {
      if (at instanceof HtmlInline html) {
        HtmlTag tag = HtmlTag.at(html.getLiteral(), 0);
        if (tag != null) {
          Pair before = found.getOrDefault(tag.name(), Pair.NONE);
          found.put(tag.name(), before.with(tag.closing(), places(at)[0]));
        }
      }
    }
    return found;
  }
}
