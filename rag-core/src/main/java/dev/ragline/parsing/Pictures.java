package dev.ragline.parsing;

import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.TextSpan;
import java.util.ArrayList;
import java.util.List;

/** Pictures and other data that stand in a document itself, in {@code data:} URIs (RFC 2397). */
final class Pictures {
  private static final String SCHEME = "data:";

  /** Chars of a URI that is not worth a cut. */
  private static final int SHORT = 256;

  private Pictures() {}

  /**
   * The blocks without the data that no reader sees as text: what stands before it and after it in
   * a block are blocks of their own.
   */
  static List<Block> cutOut(List<Block> blocks, Reading reading) {
    if (!reading.source().contains(SCHEME)) {
      return blocks;
    }
    List<Block> cut = new ArrayList<>();
    for (Block block : blocks) {
      int start = block.span().start();
      int at = find(reading.source(), start, block.span().end());
      while (at >= 0) {
        int end = end(reading.source(), at, block.span().end());
        if (end - at >= SHORT && reading.of(new TextSpan(at, end)).isBlank()) {
          add(block, new TextSpan(start, at), reading, cut);
          start = end;
        }
        at = find(reading.source(), end, block.span().end());
      }
      add(block, new TextSpan(start, block.span().end()), reading, cut);
    }
    return cut;
  }

  private static int find(String source, int from, int end) {
    return source.indexOf(SCHEME, from, end);
  }

  private static int end(String source, int from, int limit) {
    int end = from;
    while (end < limit && " \t\r\n()<>\"'`|".indexOf(source.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static void add(Block block, TextSpan span, Reading reading, List<Block> blocks) {
    TextSpan visible = Blanks.trim(reading.source(), span);
    if (visible.equals(block.span())) {
      blocks.add(block);
    } else if (visible.length() > 0) {
      boolean blank = reading.of(visible).isBlank();
      Block.Kind kind = blank ? Block.Kind.MARKUP : block.kind();
      blocks.add(new Block(kind, visible, block.headingPath()));
    }
  }
}
