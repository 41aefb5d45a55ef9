package dev.ragline.chunking;

import com.google.common.collect.FluentIterable;
import dev.ragline.parsing.Blanks;
import dev.ragline.parsing.Block;
import dev.ragline.parsing.ParsedDocument;
import dev.ragline.parsing.SourceText;
import dev.ragline.parsing.TextSpan;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Cuts between words into pieces of about equal size. What a chunk repeats of the text before it is
 * only embedded with it: the chunks' own ranges do not overlap.
 */
final class FixedChunker implements Chunker {
  private final TokenCounter counter;
  private final int maxTokens;
  private final int overlapTokens;

  /**
   * @param maxTokens of what is embedded, the overlap included
   */
  FixedChunker(TokenCounter counter, int maxTokens, int overlapTokens) {
    this.counter = counter;
    this.maxTokens = maxTokens;
    this.overlapTokens = overlapTokens;
  }

  @Override
  public Iterator<ChunkDraft> chunks(ParsedDocument document, String title) {
    HeadingPaths headings = new HeadingPaths(document);
    return FluentIterable.from(areas(document))
        .transformAndConcat(area -> chunks(document.source(), area, headings))
        .iterator();
  }

  private Iterable<ChunkDraft> chunks(SourceText source, TextSpan area, HeadingPaths headings) {
    String text = source.text();
    Packer packer =
        new Packer(
            text,
            counter,
            ordinal -> ordinal == 0 ? maxTokens : maxTokens - overlapTokens,
            Chunkers.maxChars(maxTokens),
            List.of(new Piece(area, false, List.of())));
    return FluentIterable.<TextSpan>from(() -> packer)
        .transformAndConcat(span -> LargestChunk.cut(source, span))
        .transform(
            span ->
                new ChunkDraft(
                    source,
                    span,
                    headings.above(span),
                    "",
                    embeddedFrom(text, area.start(), span)));
  }

  /** What is between and after the parts of the front matter: its description, and the text. */
  private static List<TextSpan> areas(ParsedDocument document) {
    String text = document.source().text();
    List<TextSpan> areas = new ArrayList<>();
    int from = 0;
    for (Block block : document.blocks()) {
      if (block.kind() == Block.Kind.FRONT_MATTER) {
        areas.add(Blanks.trim(text, new TextSpan(from, block.span().start())));
        from = block.span().end();
      }
    }
    areas.add(Blanks.trim(text, new TextSpan(from, text.length())));
    areas.removeIf(area -> area.length() == 0);
    return areas;
  }

  private int embeddedFrom(String text, int from, TextSpan span) {
    int start = overlapStart(text, from, span.start());
    boolean fits = counter.count(text.substring(start, span.end())) <= maxTokens;
    return fits ? start : span.start();
  }

  /** Goes back word by word while they fit the overlap. */
  private int overlapStart(String text, int from, int start) {
    int limit = Math.max(from, start - Chunkers.maxChars(overlapTokens));
    int overlap = start;
    int tokens = 0;
    for (int at = start - 1; at >= limit; at--) {
      if (Words.startsAt(text, at)) {
        tokens += counter.count(text.substring(at, overlap));
        if (tokens > overlapTokens) {
          break;
        }
        overlap = at;
      }
    }
    return overlap;
  }
}
