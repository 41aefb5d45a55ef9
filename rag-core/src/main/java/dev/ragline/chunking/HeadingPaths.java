package dev.ragline.chunking;

import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.Blanks;
import dev.ragline.parsing.Block;
import dev.ragline.parsing.ParsedDocument;
import java.util.List;

/** Finds the headings above a place that was cut without regard to structure. */
final class HeadingPaths {
  private final ParsedDocument document;

  HeadingPaths(ParsedDocument document) {
    this.document = document;
  }

  /** The headings above the first visible char of a span. */
  List<String> above(TextSpan span) {
    int start = Blanks.trim(document.source().text(), span).start();
    List<Block> blocks = document.blocks();
    int low = 0;
    int high = blocks.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (blocks.get(middle).span().start() <= start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? List.of() : blocks.get(low - 1).headingPath();
  }
}
