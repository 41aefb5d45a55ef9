package dev.ragline.parsing;

import dev.ragline.document.reading.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document's text and structure.
 *
 * @param title what the document calls itself, if it does
 * @param blocks none where there is nothing to read
 * @param reading what a reader sees of it
 * @param frontMatter what it says of itself
 */
public record ParsedDocument(
    SourceText source,
    @Nullable String title,
    List<Block> blocks,
    Reading reading,
    FrontMatter frontMatter) {
  /** A document that says nothing of itself. */
  ParsedDocument(SourceText source, @Nullable String title, List<Block> blocks, Reading reading) {
    this(source, title, blocks, reading, FrontMatter.NONE);
  }

  public ParsedDocument {
    blocks = List.copyOf(blocks);
  }

  /** What of the text announces what; found out anew whenever it is asked for. */
  public List<Announcement> announcements() {
    return Announcements.in(reading);
  }
}
