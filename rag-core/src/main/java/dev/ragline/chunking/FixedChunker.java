package dev.ragline.chunking;

import com.google.common.collect.FluentIterable;
import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.Announcement;
import dev.ragline.parsing.Blanks;
import dev.ragline.parsing.Block;
import dev.ragline.parsing.ParsedDocument;
import java.util.ArrayList;
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
    HeadingPaths headings = new HeadingPaths(document);
    Explanations explanations =
        new Explanations(document.source().text(), document.announcements());
    return FluentIterable.from(areas(document))
        .transformAndConcat(area -> chunks(document, area, headings, explanations))
        .iterator();
  }

  private Iterable<ChunkDraft> chunks(
      ParsedDocument document, TextSpan area, HeadingPaths headings, Explanations explanations) {
    Packer packer =
        new Packer(
            document.reading(),
            counter,
            (ordinal, start) -> ordinal == 0 ? maxTokens : maxTokens - overlapTokens,
            Explanations.NONE,
            Chunkers.maxChars(maxTokens),
            List.of(new Piece(area, false, List.of())));
    return FluentIterable.<TextSpan>from(() -> packer)
        .transformAndConcat(span -> LargestChunk.cut(document, span))
        .transform(span -> draft(document, area.start(), span, headings.above(span), explanations))
        .filter(draft -> !draft.isBlank());
  }

  /** What announces the chunk is embedded rather than what stands right before it. */
  private ChunkDraft draft(
      ParsedDocument document,
      int from,
      TextSpan span,
      List<String> path,
      Explanations explanations) {
    Reading reading = document.reading();
    List<Announcement> announcements = explanations.of(span.start());
    String before = context.before(context.leadIns(reading, announcements), reading.of(span));
    int embeddedFrom = embeddedFrom(reading, before, from, span);
    return new ChunkDraft(
        document.source(), reading, span, path, announcements, before, embeddedFrom, false);
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

  private int embeddedFrom(Reading reading, String before, int from, TextSpan span) {
    int start = overlapStart(reading, from, span.start());
    String embedded = before + reading.of(new TextSpan(start, span.end()));
    boolean fits = counter.count(embedded) <= maxTokens;
    return fits ? start : span.start();
  }

  /** Goes back word by word while they fit the overlap. */
  private int overlapStart(Reading reading, int from, int start) {
    int limit = Math.max(from, start - Chunkers.maxChars(overlapTokens));
    int overlap = start;
    int tokens = 0;
    for (int at = start - 1; at >= limit; at--) {
      if (Words.startsAt(reading.source(), at)) {
        tokens += counter.count(reading.of(new TextSpan(at, overlap)));
        if (tokens > overlapTokens) {
          break;
        }
        overlap = at;
      }
    }
    return overlap;
  }
}
