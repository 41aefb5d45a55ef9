package dev.ragline.parsing;

import dev.ragline.document.Content;
import dev.ragline.document.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a document calls itself that is too large to be read at once. Used once. */
public final class LargeTitle {
  private static final int WINDOW = 256 << 10;

  private final Content content;
  private final MediaType mediaType;
  private final DocumentParser parser;
  private final int window;
  private Outline said = Outline.NONE;
  private long at;
  private int size;

  public LargeTitle(Content content, MediaType mediaType, DocumentParser parser) {
    this(content, mediaType, parser, WINDOW);
  }

  LargeTitle(Content content, MediaType mediaType, DocumentParser parser, int window) {
    this.content = content;
    this.mediaType = mediaType;
    this.parser = parser;
    this.window = window;
    this.size = window;
  }

  /** Looks at a part of the document; returns whether there is more to look at. */
  public boolean goOn() {
    if (mediaType == MediaType.PLAIN_TEXT || said.isTitleKnown() || at == content.size()) {
      return false;
    }
    SourceText text = WindowText.read(content, at, size);
    ParsedWindow part = parser.parse(text, mediaType, said);
    long end = at + text.bytes(0, text.text().length()).end();
    List<Block> blocks = part.document().blocks();
    boolean goesOn = end < content.size() && !blocks.isEmpty();
    int seam = goesOn ? BlockStarts.line(text.text(), blocks, blocks.size() - 1) : 0;
    if (seam > 0) {
      // The last block may go on, and be another one then.
      said = part.above().getLast();
      at += text.bytes(0, seam).end();
      size = window;
    } else if (end < content.size() && size < 16 * window) {
      size *= 2;
    } else {
      said = part.after();
      at = end;
      size = window;
    }
    return !said.isTitleKnown() && at < content.size();
  }

  /** The title by now, if the document has one. */
  public @Nullable String title() {
    return said.title();
  }
}
