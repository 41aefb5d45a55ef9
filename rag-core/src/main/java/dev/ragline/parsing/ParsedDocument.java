package dev.ragline.parsing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document's text and structure.
 *
 * @param title what the document calls itself, if it does
 */
public record ParsedDocument(SourceText source, @Nullable String title, List<Block> blocks) {
  public ParsedDocument {
    blocks = List.copyOf(blocks);
  }
}
