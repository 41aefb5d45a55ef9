package dev.ragline.chunking;

import com.google.common.collect.FluentIterable;
import com.google.common.collect.Iterators;
import dev.ragline.parsing.Announcement;
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
  private final ContextLines context;
  private final int maxTokens;
  private final int overlapTokens;

  /**
   * @param maxTokens of what is embedded, the overlap included
   */
  FixedChunker(TokenCounter counter, int maxTokens, int overlapTokens) {
    this.counter = counter;
    this.context = new ContextLines(counter, maxTokens);
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
    HeadingPaths headings = new HeadingPaths(document);
    Explanations explanations = new Explanations(text, document.announcements());
    Packer packer =
        new Packer(
            text,
            counter,
            (ordinal, start) -> ordinal == 0 ? maxTokens : maxTokens - overlapTokens,
            Explanations.NONE,
            Chunkers.maxChars(maxTokens),
            List.of(new Piece(content, false, List.of())));
    Iterable<TextSpan> spans =
        FluentIterable.<TextSpan>from(() -> packer)
            .transformAndConcat(span -> LargestChunk.cut(source, span));
    return Iterators.transform(
        spans.iterator(),
        span -> draft(source, content.start(), span, headings.above(span), explanations));
  }

  /** What announces the chunk is embedded rather than what stands right before it. */
  private ChunkDraft draft(
      SourceText source, int from, TextSpan span, List<String> path, Explanations explanations) {
    String text = source.text();
    List<Announcement> announcements = explanations.of(span.start());
    String before = context.before(context.leadIns(text, announcements), span.of(text));
    int embeddedFrom = embeddedFrom(text, before, from, span);
    return new ChunkDraft(source, span, path, announcements, before, embeddedFrom);
  }

  private static int contentStart(ParsedDocument document) {
    return document.blocks().stream()
        .filter(block -> block.kind() == Block.Kind.FRONT_MATTER)
        .mapToInt(block -> block.span().end())
        .findFirst()
        .orElse(0);
  }

  private int embeddedFrom(String text, String before, int from, TextSpan span) {
    int start = overlapStart(text, from, span.start());
    boolean fits = counter.count(before + text.substring(start, span.end())) <= maxTokens;
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
