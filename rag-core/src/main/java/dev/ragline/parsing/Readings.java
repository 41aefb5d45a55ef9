package dev.ragline.parsing;

import dev.ragline.document.Chunk;
import dev.ragline.document.MediaType;
import dev.ragline.document.reading.Reading;

/**
 * Reads texts as their readers do. Markdown is shown without its marks: emphasis, targets of links,
 * comments, tags and what sites put into it; escapes and character references become their
 * characters, a line break within a paragraph a space; code stays as it is. Plain text is shown as
 * it stands.
 */
public final class Readings {
  private Readings() {}

  /** The reading of a text of this type. */
  public static Reading of(String text, MediaType type) {
    return switch (type) {
      case MARKDOWN -> markdown(text);
      case PLAIN_TEXT -> plain(text);
    };
  }

  /** The reading of a Markdown text. */
  public static Reading markdown(String text) {
    return MarkdownReader.read(text);
  }

  /** The reading of a plain text: its paragraphs. */
  public static Reading plain(String text) {
    return PlainTextParser.read(text);
  }

  /**
   * The reading that was stored with a chunk; of one that was stored before there were readings,
   * that of its text alone.
   */
  public static Reading of(Chunk chunk, MediaType type) {
    Reading stored = chunk.reading();
    return stored == null ? of(chunk.text(), type) : stored;
  }

  /** The same where its document's type is not at hand: what has no reading is Markdown. */
  public static Reading of(Chunk chunk) {
    return of(chunk, MediaType.MARKDOWN);
  }
}
