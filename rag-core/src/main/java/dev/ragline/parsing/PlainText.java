package dev.ragline.parsing;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Block;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/** Markdown as a person reads it: the words without the marks. */
public final class PlainText {
  private PlainText() {}

  /**
   * Drops emphasis, code and list marks, tags and comments; a link or image becomes its text, a
   * line break within a paragraph a space, cells are set apart by {@code " | "}, blocks by a
   * newline. Never empty for a fragment that shows anything: what is nothing but markup stays as it
   * is.
   */
  public static String of(String markdown) {
    String plain = render(Markdown.full(markdown));
    return orAsIs(plain.startsWith("|") ? cells(plain) : plain, markdown);
  }

  /** The same for text that stands within a line, where {@code 1.} is a number and not a list. */
  static String ofInlines(String markdown) {
    return orAsIs(render(Markdown.inlines(markdown)), markdown);
  }

  private static String orAsIs(String plain, String markdown) {
    return plain.isEmpty() ? markdown.strip() : plain;
  }

  /** A row that was cut out of its table is a paragraph to the parser. */
  private static String cells(String rows) {
    return rows.lines()
        .map(
            row ->
                Arrays.stream(row.split("\\|"))
                    .map(String::strip)
                    .filter(cell -> !cell.isEmpty())
                    .collect(Collectors.joining(" | ")))
        .collect(Collectors.joining("\n"));
  }

  /** Walks without recursion: inlines nest as deeply as their author likes. */
  private static String render(Node root) {
    StringBuilder out = new StringBuilder();
    for (@Nullable Node node = root; node != null; node = Markdown.next(node, true)) {
      if (begins(node) && !out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
        out.append('\n');
      }
      append(node, out);
    }
    return out.toString().strip();
  }

  private static boolean begins(Node node) {
    return node instanceof Block
        && (node instanceof Paragraph
            || node instanceof Heading
            || node instanceof FencedCodeBlock
            || node instanceof IndentedCodeBlock
            || node instanceof HtmlBlock);
  }

  private static void append(Node node, StringBuilder out) {
    switch (node) {
      case Text text -> out.append(text.getLiteral());
      case Code code -> out.append(code.getLiteral());
      case SoftLineBreak _, HardLineBreak _ -> out.append(' ');
      case FencedCodeBlock code -> out.append(code.getLiteral());
      case IndentedCodeBlock code -> out.append(code.getLiteral());
      case HtmlBlock html -> out.append(HtmlText.of(html.getLiteral()).strip());
      case TableCell cell when cell.getPrevious() != null -> out.append(" | ");
      case TableRow _ when !out.isEmpty() -> out.append('\n');
      default -> {}
    }
  }
}
