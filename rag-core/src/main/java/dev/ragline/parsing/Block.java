package dev.ragline.parsing;

import dev.ragline.document.reading.TextSpan;
import java.util.List;

/**
 * A piece of structure at the document's top level. Blocks are in order and do not overlap; between
 * them is only white space.
 *
 * @param span the block's chars, markup included
 * @param headingPath the headings above it, outermost first; a heading's own text is its path's end
 */
public record Block(Kind kind, TextSpan span, List<String> headingPath) {
  /** What kind of structure it is. */
  public enum Kind {
    /** Metadata before the document proper; never chunked. */
    FRONT_MATTER,
    HEADING,
    PARAGRAPH,
    LIST,
    CODE,
    TABLE,
    QUOTE,
    /** Markup without text for readers, such as an HTML comment. */
    MARKUP
  }

  public Block {
    headingPath = List.copyOf(headingPath);
  }
}
