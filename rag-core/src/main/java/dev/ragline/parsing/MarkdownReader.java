package dev.ragline.parsing;

import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.ReadingBuilder;
import dev.ragline.document.reading.ReadingUnit;
import dev.ragline.document.reading.TextSpan;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.jspecify.annotations.Nullable;

/** Goes through a Markdown text block by block, and shows each as it comes. Used once. */
final class MarkdownReader {
  /**
   * A paragraph's chars times its marks: the parser may look at all chars for each mark. Of more,
   * no mark is read.
   */
  private static final long MOST_STEPS = 100_000_000;

  private final String source;
  private final int origin;
  private final MaskedText masked;
  private final ReadingBuilder out;
  private final BlockReader blocks;
  private @Nullable Node next;

  /**
   * @param origin where Markdown begins; what is before it is shown as it stands
   */
  MarkdownReader(String source, int origin) {
    this.source = source;
    this.origin = origin;
    this.masked = Marks.masked(source);
    this.out = new ReadingBuilder(source);
    if (masked.marks(new TextSpan(origin, source.length())) * source.length() > MOST_STEPS) {
      limit();
    }
    this.blocks = new BlockReader(masked, origin, out);
    this.next = Markdown.full(masked.text().substring(origin)).getFirstChild();
    plain(new TextSpan(0, origin));
  }

  /** The reading of a whole text. */
  static Reading read(String source) {
    MarkdownReader reader = new MarkdownReader(source, 0);
    for (Node node = reader.next(); node != null; node = reader.next()) {
      reader.show(node);
    }
    return reader.reading();
  }

  /** Takes the meaning from the marks of paragraphs that have too many. */
  private void limit() {
    Node document = Markdown.blocks(masked.text().substring(origin));
    for (@Nullable Node node = document; node != null; node = Markdown.next(node, true)) {
      if (node instanceof Paragraph && !node.getSourceSpans().isEmpty()) {
        TextSpan at = Markdown.span(node);
        TextSpan span = new TextSpan(origin + at.start(), origin + at.end());
        if (masked.marks(span) * span.length() > MOST_STEPS) {
          masked.read(span);
        }
      }
    }
  }

  /** The next block at the top level that stands anywhere; null at the end. */
  @Nullable Node next() {
    Node block = next;
    while (block != null && block.getSourceSpans().isEmpty()) {
      block = block.getNext();
    }
    next = block == null ? null : block.getNext();
    return block;
  }

  /** Where a block stands in the source. */
  TextSpan span(Node block) {
    TextSpan at = Markdown.span(block);
    return new TextSpan(origin + at.start(), origin + at.end());
  }

  /** Shows a block, and gives what is seen of it. */
  String show(Node block) {
    int before = out.length();
    blocks.read(block);
    return out.since(before).strip();
  }

  /** Shows what no block holds as it stands, but for what shows nothing. */
  String plain(TextSpan span) {
    if (Blanks.isBlank(masked.text(span), new TextSpan(0, span.length()))) {
      return "";
    }
    TextSpan visible = Blanks.trim(source, span);
    out.separate("\n\n");
    out.open(ReadingUnit.Kind.PARAGRAPH, 0);
    for (int i = visible.start(); i < visible.end(); i++) {
      masked.show(i, out);
    }
    out.close();
    return visible.of(source);
  }

  Reading reading() {
    return out.build();
  }
}
