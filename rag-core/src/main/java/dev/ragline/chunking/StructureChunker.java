package dev.ragline.chunking;

import dev.ragline.parsing.Block;
import dev.ragline.parsing.ParsedDocument;
import dev.ragline.parsing.TextSpan;
import java.util.ArrayList;
import java.util.List;
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
  public List<ChunkDraft> chunk(ParsedDocument document, String title) {
    List<ChunkDraft> chunks = new ArrayList<>();
    for (Section section : Section.of(document.blocks())) {
      chunks.addAll(chunk(document, title, section));
    }
    return chunks;
  }

  private List<ChunkDraft> chunk(ParsedDocument document, String title, Section section) {
    String text = document.source().text();
    List<String> path = section.headingPath();
    // The section's first chunk shows its headings itself, the others don't.
    int first = budget(context.lines(title, path, shown(section, null)));
    int others = budget(context.lines(title, path, List.of()));
    Packer packer =
        new Packer(
            text, counter, ordinal -> ordinal == 0 ? first : others, Chunkers.maxChars(maxTokens));
    List<ChunkDraft> chunks = new ArrayList<>();
    for (TextSpan span : packer.pack(pieces(section))) {
      String own = span.of(text);
      List<String> lines = context.lines(title, path, shown(section, span));
      chunks.add(
          new ChunkDraft(
              own,
              document.source().bytes(span.start(), span.end()),
              path,
              context.embed(lines, own)));
    }
    return chunks;
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

  /** The section's headings that stand wholly in {@code span}, or all of them. */
  private static List<String> shown(Section section, @Nullable TextSpan span) {
    return section.blocks().stream()
        .filter(block -> block.kind() == Block.Kind.HEADING && !block.headingPath().isEmpty())
        .filter(block -> span == null || contains(span, block.span()))
        .map(block -> block.headingPath().getLast())
        .toList();
  }

  private static boolean contains(TextSpan outer, TextSpan inner) {
    return outer.start() <= inner.start() && inner.end() <= outer.end();
  }
}
