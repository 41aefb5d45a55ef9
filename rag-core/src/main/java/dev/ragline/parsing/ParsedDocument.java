package dev.ragline.parsing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document's text and structure.
 *
 * @param title what the document calls itself, if it does
 * @param blocks none where there is nothing to read
 * @param frontMatter what it says of itself
 */
public record ParsedDocument(
    SourceText source, @Nullable String title, List<Block> blocks, FrontMatter frontMatter) {
  /** A document that says nothing of itself. */
  public ParsedDocument(SourceText source, @Nullable String title, List<Block> blocks) {
    this(source, title, blocks, FrontMatter.NONE);
  }

  public ParsedDocument {
    blocks = List.copyOf(blocks);
  }
}
