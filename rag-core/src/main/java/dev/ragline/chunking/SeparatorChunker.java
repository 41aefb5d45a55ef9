package dev.ragline.chunking;

import dev.ragline.parsing.Blanks;
import dev.ragline.parsing.ParsedDocument;
import dev.ragline.parsing.SourceText;
import dev.ragline.parsing.TextSpan;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts as Python's {@code text.split(separator)} does: literally, at every occurrence from left to
 * right, over the whole content, front matter included. Pieces that show nothing are left out, as
 * there is nothing in them to find; all others are chunks as they stand, of any size.
 */
final class SeparatorChunker implements Chunker {
  private final String separator;

  SeparatorChunker(String separator) {
    this.separator = separator;
  }

  @Override
  public List<ChunkDraft> chunk(ParsedDocument document, String title) {
    String text = document.source().text();
    HeadingPaths headings = new HeadingPaths(document);
    List<ChunkDraft> chunks = new ArrayList<>();
    int start = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
      add(document.source(), new TextSpan(start, at), headings, chunks);
      start = at + separator.length();
    }
    add(document.source(), new TextSpan(start, text.length()), headings, chunks);
    return chunks;
  }

  private static void add(
      SourceText source, TextSpan span, HeadingPaths headings, List<ChunkDraft> chunks) {
    if (Blanks.isBlank(source.text(), span)) {
      return;
    }
    String piece = span.of(source.text());
    chunks.add(
        new ChunkDraft(piece, source.bytes(span.start(), span.end()), headings.above(span), piece));
  }
}
