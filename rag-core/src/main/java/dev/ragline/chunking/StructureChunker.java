package dev.ragline.chunking;

import com.google.common.collect.FluentIterable;
import dev.ragline.parsing.Block;
import dev.ragline.parsing.ParsedDocument;
import dev.ragline.parsing.SourceText;
import dev.ragline.parsing.TextSpan;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts along headings, blocks and sentences. A chunk lies within one heading's section and is
 * embedded below the document's title and the headings above it. Only front matter, and markup that
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
    return FluentIterable.from(Section.of(document.blocks()))
        .transformAndConcat(section -> new SectionChunks(document.source(), title, section))
        .iterator();
  }

  /** The chunks of one section. */
  private final class SectionChunks implements Iterable<ChunkDraft> {
    private final SourceText source;
    private final List<String> path;
    private final List<Block> headings;
    private final List<Piece> pieces;

    /** The lines above a chunk, by the headings that it shows itself. */
    private final Map<List<String>, List<String>> lines = new HashMap<>();

    private final String title;

    SectionChunks(SourceText source, String title, Section section) {
      this.source = source;
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
      int first = budget(lines(shown(null)));
      int others = budget(lines(List.of()));
      Packer packer =
          new Packer(
              source.text(),
              counter,
              ordinal -> ordinal == 0 ? first : others,
              Chunkers.maxChars(maxTokens),
              pieces);
      return FluentIterable.<TextSpan>from(() -> packer)
          .transformAndConcat(span -> LargestChunk.cut(source, span))
          .transform(this::draft)
          .iterator();
    }

    private ChunkDraft draft(TextSpan span) {
      String before = context.before(lines(shown(span)), span.of(source.text()));
      return new ChunkDraft(source, span, path, before, span.start());
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

  private int budget(List<String> lines) {
    return Math.min(maxTokens, window - context.tokens(lines));
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
      case CODE, TABLE -> List.of(Cutter.PARAGRAPHS, Cutter.LINES);
      case PARAGRAPH, QUOTE -> List.of(Cutter.PARAGRAPHS, Cutter.SENTENCES);
    };
  }

  private static boolean contains(TextSpan outer, TextSpan inner) {
    return outer.start() <= inner.start() && inner.end() <= outer.end();
  }
}
