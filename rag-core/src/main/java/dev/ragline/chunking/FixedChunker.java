package dev.ragline.chunking;

import com.google.common.collect.FluentIterable;
import com.google.common.collect.Iterators;
import dev.ragline.parsing.Blanks;
import dev.ragline.parsing.Block;
import dev.ragline.parsing.ParsedDocument;
import dev.ragline.parsing.SourceText;
import dev.ragline.parsing.TextSpan;
import java.util.Collections;
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
    SourceText source = document.source();
    String text = source.text();
    int from = contentStart(document);
    TextSpan content = Blanks.trim(text, new TextSpan(from, text.length()));
    if (content.length() == 0) {
      return Collections.emptyIterator();
    }
    Packer packer =
        new Packer(
            text,
            counter,
            ordinal -> ordinal == 0 ? maxTokens : maxTokens - overlapTokens,
            Chunkers.maxChars(maxTokens),
            List.of(new Piece(content, false, List.of())));
    HeadingPaths headings = new HeadingPaths(document);
    Iterable<TextSpan> spans =
        FluentIterable.<TextSpan>from(() -> packer)
            .transformAndConcat(span -> LargestChunk.cut(source, span));
    return Iterators.transform(
        spans.iterator(),
        span ->
            new ChunkDraft(
                source, span, headings.above(span), "", embeddedFrom(text, content.start(), span)));
  }

  private static int contentStart(ParsedDocument document) {
    return document.blocks().stream()
        .filter(block -> block.kind() == Block.Kind.FRONT_MATTER)
        .mapToInt(block -> block.span().end())
        .findFirst()
        .orElse(0);
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
