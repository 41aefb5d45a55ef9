package dev.ragline.parsing;

import org.commonmark.internal.InlineParserImpl;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Node;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.InlineParserContext;
import org.commonmark.parser.SourceLines;
import org.jspecify.annotations.Nullable;

/**
 * Inlines that are parsed when their block is read, and forgotten when it was: those of a whole
 * document take a hundred times its memory. By then all definitions of links are known.
 */
final class UnreadInlines extends CustomNode {
  private final InlineParser parser;
  private final SourceLines lines;

  private UnreadInlines(InlineParser parser, SourceLines lines) {
    this.parser = parser;
    this.lines = lines;
  }

  /** A parser that puts the inlines off. */
  static InlineParser parser(InlineParserContext context) {
    InlineParser parser = new InlineParserImpl(context);
    return (lines, block) -> block.appendChild(new UnreadInlines(parser, lines));
  }

  /** Gives a block its inlines. */
  static void read(Node block) {
    if (block.getFirstChild() instanceof UnreadInlines unread) {
      unread.unlink();
      unread.parser.parse(unread.lines, block);
    }
  }

  /** Takes them from it again. */
  static void forget(Node block) {
    for (@Nullable Node child = block.getFirstChild(); child != null; ) {
      @Nullable Node next = child.getNext();
      child.unlink();
      child = next;
    }
  }
}
