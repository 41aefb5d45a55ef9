package dev.ragline.parsing;

import dev.ragline.document.reading.TextSpan;
import java.util.List;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * CommonMark 0.31.2 with GFM tables, read with limits: nesting beyond them is read as text, so that
 * no document takes more than time linear in its length.
 */
final class Markdown {
  private static final int MAX_NESTING = 64;

  private static final List<TablesExtension> TABLES =
      List.of((TablesExtension) TablesExtension.create());

  private static final InlineParser NO_INLINES = (lines, node) -> {};

  private static final Parser BLOCKS_PLAIN = blocks().build();
  private static final Parser BLOCKS = blocks().extensions(TABLES).build();
  private static final Parser FULL_PLAIN = later().build();
  private static final Parser FULL = later().extensions(TABLES).build();
  private static final Parser INLINES = full().enabledBlockTypes(Set.of()).build();

  private Markdown() {}

  /** Blocks with their source spans, inlines unread. */
  static Node blocks(String text) {
    return parse(BLOCKS, BLOCKS_PLAIN, text);
  }

  /** Blocks, whose inlines are {@link UnreadInlines}, with their source spans. */
  static Node full(String text) {
    return parse(FULL, FULL_PLAIN, text);
  }

  /** One paragraph of inlines, whatever blocks its marks would begin. */
  static Node inlines(String text) {
    return INLINES.parse(text);
  }

  /** Where a block stands: from its first line's start to its last line's end. */
  static TextSpan span(Node block) {
    SourceSpan first = block.getSourceSpans().getFirst();
    SourceSpan last = block.getSourceSpans().getLast();
    return new TextSpan(first.getInputIndex(), last.getInputIndex() + last.getLength());
  }

  /**
   * The node after {@code node} in the order of the text, within it if it is to be entered; null at
   * the document's end.
   */
  static @Nullable Node next(Node node, boolean enter) {
    if (enter && node.getFirstChild() != null) {
      return node.getFirstChild();
    }
    Node at = node;
    while (at != null && at.getNext() == null) {
      at = at.getParent();
    }
    return at == null ? null : at.getNext();
  }

  private static Parser.Builder blocks() {
    return limited()
        .includeSourceSpans(IncludeSourceSpans.BLOCKS)
        .inlineParserFactory(_ -> NO_INLINES);
  }

  private static Parser.Builder full() {
    return limited()
        .maxInlineNesting(MAX_NESTING)
        .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES);
  }

  private static Parser.Builder later() {
    return full().inlineParserFactory(UnreadInlines::parser);
  }

  private static Parser.Builder limited() {
    return Parser.builder().maxOpenBlockParsers(MAX_NESTING);
  }

  /** The tables extension gives up on a table that blows up to a million cells: then it is text. */
  private static Node parse(Parser parser, Parser withoutTables, String text) {
    try {
      return parser.parse(text);
    } catch (IllegalArgumentException _) {
      return withoutTables.parse(text);
    }
  }
}
