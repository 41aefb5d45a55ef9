package dev.ragline.chunking;

import dev.ragline.document.ByteRange;
import dev.ragline.parsing.SourceText;
import dev.ragline.parsing.TextSpan;
import java.util.List;

/**
 * A chunk before it has a place in a store. Holds places, and makes its texts when they are asked
 * for: the drafts of a large document take little more memory than its text.
 *
 * @param source what the chunk is cut from
 * @param span where it stands there
 * @param headingPath the headings above the text, outermost first
 * @param context what is embedded before the text, and is not the text before it; may be empty
 * @param embeddedFrom where the text that is embedded begins, at most at the span's start
 */
public record ChunkDraft(
    SourceText source, TextSpan span, List<String> headingPath, String context, int embeddedFrom) {
  public ChunkDraft {
    headingPath = List.copyOf(headingPath);
    if (embeddedFrom > span.start()) {
      throw new IllegalArgumentException("a chunk is embedded whole");
    }
  }

  /** A chunk that is embedded as it stands. */
  static ChunkDraft plain(SourceText source, TextSpan span, List<String> headingPath) {
    return new ChunkDraft(source, span, headingPath, "", span.start());
  }

  /** Exactly the document's bytes in {@link #range}. */
  public String text() {
    return span.of(source.text());
  }

  /** Where the text stands in the document's bytes. */
  public ByteRange range() {
    return source.bytes(span.start(), span.end());
  }

  /** What the embedding model reads: the text, and the context that helps to find it. */
  public String embeddedText() {
    String read = source.text().substring(embeddedFrom, span.end());
    return context.isEmpty() ? read : context + read;
  }
}
