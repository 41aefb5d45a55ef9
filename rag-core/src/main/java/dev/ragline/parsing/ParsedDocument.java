package dev.ragline.parsing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document's text and structure.
 *
 * @param title what the document calls itself, if it does
 * @param announcements what of the text announces what, by the start of their scopes; of those that
 *     begin together the widest first
 */
public record ParsedDocument(
    SourceText source,
    @Nullable String title,
    List<Block> blocks,
    List<Announcement> announcements) {
  public ParsedDocument {
    blocks = List.copyOf(blocks);
    announcements = List.copyOf(announcements);
  }
}
