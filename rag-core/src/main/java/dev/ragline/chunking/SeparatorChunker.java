package dev.ragline.chunking;

import com.google.common.collect.AbstractIterator;
import com.google.common.collect.FluentIterable;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.ParsedDocument;
import dev.ragline.parsing.SourceText;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts as Python's {@code text.split(separator)} does: literally, at every occurrence from left to
 * right, over the whole content, front matter included. Pieces that show nothing are left out, as
 * there is nothing in them to find; all others are chunks as they stand, but for those that are cut
 * because they are too large for a chunk.
 */
final class SeparatorChunker implements Chunker {
  private final String separator;

  SeparatorChunker(String separator) {
    this.separator = separator;
  }

  @Override
  public Iterator<ChunkDraft> chunks(ParsedDocument document, String title) {
    return new Pieces(document);
  }

  private final class Pieces extends AbstractIterator<ChunkDraft> {
    private final ParsedDocument document;
    private final SourceText source;
    private final HeadingPaths headings;
    private Iterator<TextSpan> parts = Collections.emptyIterator();

    /** Where the next piece begins; behind the text when there is none. */
    private int start;

    Pieces(ParsedDocument document) {
      this.document = document;
      this.source = document.source();
      this.headings = new HeadingPaths(document);
    }

    @Override
    protected @Nullable ChunkDraft computeNext() {
      while (!parts.hasNext()) {
        if (start > source.text().length()) {
          return endOfData();
        }
        TextSpan piece = nextPiece();
        parts =
            FluentIterable.from(LargestChunk.cut(document, piece))
                .filter(part -> !ChunkDraft.plain(document, part, List.of()).isBlank())
                .iterator();
      }
      TextSpan part = parts.next();
      return ChunkDraft.plain(document, part, headings.above(part));
    }

    private TextSpan nextPiece() {
      int at = source.text().indexOf(separator, start);
      TextSpan piece = new TextSpan(start, at < 0 ? source.text().length() : at);
      start = at < 0 ? source.text().length() + 1 : at + separator.length();
      return piece;
    }
  }
}
