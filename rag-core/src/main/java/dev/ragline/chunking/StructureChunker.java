package dev.ragline.chunking;

import com.google.common.collect.FluentIterable;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.Announcement;
import dev.ragline.parsing.Block;
import dev.ragline.parsing.ParsedDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts along headings, blocks and sentences. A chunk lies within one heading's section and is
 * embedded below the document's title, the headings above it and what announces it: a lead-in, a
 * table's header row, the items that a list's item stands under. Only front matter, and markup that
 * shows nothing at a chunk's edge, is in no chunk.
 */
final class StructureChunker implements Chunker {
  private final TokenCounter counter;
  private final ContextLines context;
  private final int maxTokens;
  private final int window;

  /**
   * @param maxTokens of a chunk's text
   * @param window of what is embedded
   */
  StructureChunker(TokenCounter counter, int maxTokens, int window) {
    this.counter = counter;
    this.context = new ContextLines(counter, window);
    this.maxTokens = maxTokens;
    this.window = window;
  }

  @Override
  public Iterator<ChunkDraft> chunks(ParsedDocument document, String title) {
    Explanations explanations =
        new Explanations(document.source().text(), document.announcements());
    return FluentIterable.from(Section.of(document.blocks()))
        .transformAndConcat(section -> new SectionChunks(document, title, section, explanations))
        .iterator();
  }

  /** The chunks of one section. */
  private final class SectionChunks implements Iterable<ChunkDraft> {
    private final ParsedDocument document;
    private final List<String> path;
    private final List<Block> headings;
    private final List<Piece> pieces;

    /** The lines above a chunk, by the headings that it shows itself. */
    private final Map<List<String>, List<String>> lines = new HashMap<>();

    private final Map<List<Announcement>, List<String>> leadIns = new HashMap<>();
    private final String title;
    private final Explanations explanations;

    SectionChunks(
        ParsedDocument document, String title, Section section, Explanations explanations) {
      this.explanations = explanations;
      this.document = document;
      this.title = title;
      this.path = section.headingPath();
      this.headings =
          section.blocks().stream()
              .filter(block -> block.kind() == Block.Kind.HEADING && !block.headingPath().isEmpty())
              .toList();
      this.pieces = pieces(section);
    }

    @Override
    public Iterator<ChunkDraft> iterator() {
      // The section's first chunk shows its headings itself, the others don't.
      int first = context.tokens(lines(shown(null)));
      int others = context.tokens(lines(List.of()));
      Packer packer =
          new Packer(
              document.reading(),
              counter,
              (ordinal, start) -> budget(ordinal == 0 ? first : others, start),
              explanations,
              Chunkers.maxChars(maxTokens),
              pieces);
      return FluentIterable.<TextSpan>from(() -> packer)
          .transformAndConcat(span -> LargestChunk.cut(document, span))
          .transform(this::draft)
          .filter(draft -> !draft.isBlank())
          .iterator();
    }

    private ChunkDraft draft(TextSpan span) {
      List<Announcement> announcements = explanations.of(span.start());
      List<String> above = new ArrayList<>(lines(shown(span)));
      above.addAll(leadIns(announcements));
      String before = context.before(above, document.reading().of(span));
      return new ChunkDraft(
          document.source(),
          document.reading(),
          span,
          path,
          announcements,
          before,
          span.start(),
          false);
    }

    /** What a chunk that starts at a char has room for, beside what stands above it. */
    private int budget(int contextTokens, int start) {
      int leadInTokens = context.tokens(leadIns(explanations.of(start)));
      return Math.min(maxTokens, window - contextTokens - leadInTokens);
    }

    private List<String> leadIns(List<Announcement> announcements) {
      return announcements.isEmpty()
          ? List.of()
          : leadIns.computeIfAbsent(
              announcements, these -> context.leadIns(document.reading(), these));
    }

    private List<String> lines(List<String> shown) {
      return lines.computeIfAbsent(shown, these -> context.lines(title, path, these));
    }

    /** The section's headings that stand wholly in {@code span}, or all of them. */
    private List<String> shown(@Nullable TextSpan span) {
      return headings.stream()
          .filter(block -> span == null || contains(span, block.span()))
          .map(block -> block.headingPath().getLast())
          .toList();
    }
  }

  private static List<Piece> pieces(Section section) {
    return section.blocks().stream()
        .filter(block -> block.kind() != Block.Kind.MARKUP)
        .map(
            block ->
                new Piece(block.span(), block.kind() == Block.Kind.HEADING, cutters(block.kind())))
        .toList();
  }

  private static List<Cutter> cutters(Block.Kind kind) {
    return switch (kind) {
      case HEADING, MARKUP, FRONT_MATTER -> List.of();
      case LIST -> List.of(Cutter.ITEMS, Cutter.PARAGRAPHS, Cutter.SENTENCES);
      case CODE -> List.of(Cutter.PARAGRAPHS, Cutter.LINES);
      case TABLE -> List.of(Cutter.HTML_ROWS, Cutter.PARAGRAPHS, Cutter.LINES);
      case PARAGRAPH, QUOTE -> List.of(Cutter.PARAGRAPHS, Cutter.SENTENCES);
    };
  }

  private static boolean contains(TextSpan outer, TextSpan inner) {
    return outer.start() <= inner.start() && inner.end() <= outer.end();
  }
}
