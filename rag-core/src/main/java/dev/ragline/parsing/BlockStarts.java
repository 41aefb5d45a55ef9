package dev.ragline.parsing;

import java.util.List;

/** Finds where a document can be read on as if all before it had been read. */
public final class BlockStarts {
  private static final int NONE = -1;

  private BlockStarts() {}

  /**
   * The start of a block's first line, where reading from there on finds the same blocks; else -1.
   */
  public static int line(String text, List<Block> blocks, int index) {
    Block block = blocks.get(index);
    int start = block.span().start();
    while (start > 0 && (text.charAt(start - 1) == ' ' || text.charAt(start - 1) == '\t')) {
      start--;
    }
    boolean first = start == 0 || text.charAt(start - 1) == '\n' || text.charAt(start - 1) == '\r';
    if (!first) {
      return NONE;
    }
    return index > 0 && isRestOfParagraph(text, blocks.get(index - 1), block, start) ? NONE : start;
  }

  /**
   * A paragraph whose first lines are link definitions is two blocks. Its other lines are read as
   * its own only behind those.
   */
  private static boolean isRestOfParagraph(String text, Block before, Block block, int line) {
    return before.kind() == Block.Kind.PARAGRAPH
        && block.kind() == Block.Kind.PARAGRAPH
        && Lines.of(text, new TextSpan(before.span().end(), line)).size() < 2;
  }
}
