package dev.ragline.parsing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document's text and structure.
 *
 * @param title what the document calls itself, if it does
 * @param from where the chars begin that are to be cut; those before were cut with a part of the
 *     document that came before this one, and are context
 */
public record ParsedDocument(
    SourceText source, @Nullable String title, List<Block> blocks, int from) {
  public ParsedDocument {
    blocks = List.copyOf(blocks);
  }

  /** A document that is to be cut from its beginning. */
  public ParsedDocument(SourceText source, @Nullable String title, List<Block> blocks) {
    this(source, title, blocks, 0);
  }

  /** The same, to be cut from a place on. */
  public ParsedDocument from(int place) {
    return new ParsedDocument(source, title, blocks, place);
  }
}
