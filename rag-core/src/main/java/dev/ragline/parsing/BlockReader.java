package dev.ragline.parsing;

import dev.ragline.document.reading.ReadingBuilder;
import dev.ragline.document.reading.ReadingUnit.Kind;
import dev.ragline.document.reading.TextSpan;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;

/** Shows Markdown's blocks, each leaf as one or more units. */
final class BlockReader {
  private static final Pattern ITEM_MARK = Pattern.compile("[-*+]|[0-9]{1,9}+[.)]");

  private static final String HIDDEN = String.valueOf(MaskedText.NOTHING);

  private final MaskedText text;
  private final int base;
  private final ReadingBuilder out;
  private final InlineReader inlines;

  /** The lists that the block stands in. */
  private int depth;

  /** Whether nothing of the innermost item was read yet. */
  private boolean atItem;

  /**
   * @param base where the parsed text begins in the source
   */
  BlockReader(MaskedText text, int base, ReadingBuilder out) {
    this.text = text;
    this.base = base;
    this.out = out;
    this.inlines = new InlineReader(text, base, false, out);
  }

  /** Shows a block; blocks nest no deeper than the parser lets them. */
  void read(Node block) {
    switch (block) {
      case Heading heading -> leaf(Kind.HEADING, heading.getLevel(), heading);
      case Paragraph paragraph -> paragraph(paragraph);
      case FencedCodeBlock code -> code(code, code.getLiteral(), 1);
      case IndentedCodeBlock code -> code(code, code.getLiteral(), 0);
      case HtmlBlock html -> html(html);
      case TableRow row -> row(row);
      case ListBlock list -> {
        separate();
        depth++;
        children(list);
        depth--;
      }
      case ListItem item -> item(item);
      case ThematicBreak _, LinkReferenceDefinition _ -> {}
      default -> children(block);
    }
  }

  private void children(Node block) {
    for (@Nullable Node child = block.getFirstChild(); child != null; child = child.getNext()) {
      read(child);
    }
  }

  private void separate() {
    out.separate(depth == 0 ? "\n\n" : "\n" + "  ".repeat(depth - 1));
  }

  private void item(ListItem item) {
    if (!item.getSourceSpans().isEmpty()) {
      int at = base + item.getSourceSpans().getFirst().getInputIndex();
      Matcher mark = ITEM_MARK.matcher(text.source()).region(at, text.source().length());
      if (mark.lookingAt() && !text.isMasked(at)) {
        out.mark(mark.start(), mark.end());
      }
    }
    separate();
    atItem = true;
    children(item);
    atItem = false;
    out.dropMarks();
  }

  private void paragraph(Paragraph paragraph) {
    List<SourceSpan> lines = paragraph.getSourceSpans();
    if (!lines.isEmpty() && lines.stream().allMatch(this::isRow)) {
      separate();
      out.open(Kind.TABLE_ROW, depth);
      new InlineReader(text, base, true, out).read(paragraph);
      out.close();
    } else {
      leaf(atItem ? Kind.LIST_ITEM : Kind.PARAGRAPH, depth, paragraph);
    }
    atItem = false;
  }

  /** A row that was cut out of its table is a paragraph to the parser. */
  private boolean isRow(SourceSpan line) {
    int start = base + line.getInputIndex();
    int end = start + line.getLength();
    return text.at(start) == '|' && text.source().substring(start + 1, end).indexOf('|') >= 0;
  }

  private void leaf(Kind kind, int level, Node leaf) {
    separate();
    out.open(kind, level);
    inlines.read(leaf);
    out.close();
  }

  private void row(TableRow row) {
    out.separate(row.getParent() instanceof TableHead ? "\n\n" : "\n");
    out.open(row.getParent() instanceof TableHead ? Kind.TABLE_HEADER : Kind.TABLE_ROW, depth);
    for (@Nullable Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
      if (cell instanceof TableCell) {
        if (cell.getPrevious() != null) {
          out.separate(" | ");
        }
        out.openPart();
        inlines.readCell(cell);
      }
    }
    out.close();
    atItem = false;
  }

  /**
   * Shows code line by line as its source has it.
   *
   * @param before lines of the source before the first one of the code
   */
  private void code(Node block, String literal, int before) {
    separate();
    out.open(Kind.CODE, depth);
    List<SourceSpan> spans = block.getSourceSpans();
    int next = before;
    int ends = 0;
    for (String line : literal.split("\n", -1)) {
      if (ends > 0) {
        out.separate("\n".repeat(ends));
      }
      ends++;
      boolean has = next < spans.size();
      TextSpan span = has ? span(spans.get(next)) : new TextSpan(0, 0);
      if (has && (!line.isBlank() || Blanks.isBlank(text.text(span), whole(span)))) {
        next++;
        if (!Blanks.isBlank(text.source(), span)) {
          line(line, span);
          ends = 1;
        }
      }
    }
    out.close();
    atItem = false;
  }

  private static TextSpan whole(TextSpan span) {
    return new TextSpan(0, span.length());
  }

  private TextSpan span(SourceSpan span) {
    int start = base + span.getInputIndex();
    return new TextSpan(start, start + span.getLength());
  }

  private void line(String line, TextSpan span) {
    out.openPart();
    if (text.text(span).endsWith(line)) {
      out.verbatim(span.end() - line.length(), span.end());
    } else {
      out.replaced(span.start(), span.end(), line.replace(HIDDEN, ""));
    }
  }

  private int lineEnds(int from, int to) {
    long ends = text.source().substring(from, to).chars().filter(c -> c == '\n').count();
    return Math.max(1, (int) ends);
  }

  private void html(HtmlBlock block) {
    StringBuilder html = new StringBuilder();
    int[] places = new int[2 * Markdown.span(block).length() + 2];
    int done = -1;
    for (SourceSpan line : block.getSourceSpans()) {
      TextSpan span = span(line);
      // Blank lines have no spans; they count in preformatted text.
      for (int lines = done < 0 ? 0 : lineEnds(done, span.start()); lines > 0; lines--) {
        places[html.length()] = done;
        html.append('\n');
      }
      for (int i = span.start(); i < span.end(); i++) {
        places[html.length()] = i;
        html.append(text.at(i));
      }
      done = span.end();
    }
    separate();
    new HtmlReader(text, html.toString(), places, depth, out).read();
    atItem = false;
  }
}
