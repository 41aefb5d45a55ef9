package dev.ragline.parsing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;

/** Reads the top-level blocks of one Markdown document, or of a part of it; used once. */
final class MarkdownParser {
  private static final int LEVELS = 6;

  private final String text;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Outline> outlines = new ArrayList<>();
  private final @Nullable String[] headings = new @Nullable String[LEVELS];

  /** What was said before the block that comes next. */
  private Outline outline;

  private MarkdownParser(String text, Outline above) {
    this.text = text;
    this.outline = above;
    for (int level = 0; level < above.headings().size(); level++) {
      String heading = above.headings().get(level);
      headings[level] = heading.isEmpty() ? null : heading;
    }
  }

  static ParsedDocument parse(SourceText source) {
    return parse(source, Outline.NONE).document();
  }

  static ParsedWindow parse(SourceText source, Outline above) {
    MarkdownParser parser = new MarkdownParser(source.text(), above);
    parser.readBlocks(above.begun() ? 0 : parser.readBeginning());
    Outline after = parser.outline;
    ParsedDocument document = new ParsedDocument(source, after.title(), parser.blocks);
    return new ParsedWindow(document, parser.outlines, after);
  }

  /** Takes what only stands at a document's beginning; returns its end. */
  private int readBeginning() {
    int origin = text.startsWith("\uFEFF") ? 1 : 0;
    FrontMatter frontMatter = FrontMatter.find(text, origin);
    if (frontMatter != null) {
      blocks.add(new Block(Block.Kind.FRONT_MATTER, frontMatter.span(), List.of()));
      outlines.add(outline);
      origin = frontMatter.span().end();
    }
    String named = frontMatter == null ? null : frontMatter.title();
    outline = new Outline(true, List.of(), named, null, null);
    return origin;
  }

  private void readBlocks(int origin) {
    int covered = origin;
    Node document = Markdown.blocks(text.substring(origin));
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node.getSourceSpans().isEmpty()) {
        continue;
      }
      TextSpan at = Markdown.span(node);
      int start = Math.max(covered, origin + at.start());
      int end = Math.max(start, origin + at.end());
      add(Block.Kind.PARAGRAPH, new TextSpan(covered, start), outline);
      Outline before = outline;
      if (node instanceof Heading heading) {
        enter(heading);
      }
      add(kind(node, new TextSpan(start, end)), new TextSpan(start, end), before);
      covered = end;
    }
    add(Block.Kind.PARAGRAPH, new TextSpan(covered, text.length()), outline);
  }

  /** Also takes what no node covers, so that nothing of a document is lost. */
  private void add(Block.Kind kind, TextSpan span, Outline before) {
    TextSpan visible = Blanks.trim(text, span);
    if (visible.length() == 0) {
      return;
    }
    // The first line's indent belongs to the code.
    int start = kind == Block.Kind.CODE ? span.start() : visible.start();
    blocks.add(new Block(kind, new TextSpan(start, visible.end()), path()));
    outlines.add(before);
  }

  private List<String> path() {
    return Arrays.stream(headings).filter(Objects::nonNull).toList();
  }

  private void enter(Heading heading) {
    int level = heading.getLevel();
    String content = heading.getFirstChild() instanceof Text raw ? raw.getLiteral() : "";
    String plain = HeadingText.of(content);
    Arrays.fill(headings, level - 1, LEVELS, null);
    if (!plain.isEmpty()) {
      headings[level - 1] = plain;
    }
    String first = outline.firstHeading();
    String firstTop = outline.firstTopHeading();
    String name = plain.isEmpty() ? null : plain;
    outline =
        new Outline(
            true,
            Arrays.stream(headings).map(above -> above == null ? "" : above).toList(),
            outline.named(),
            first == null ? name : first,
            firstTop == null && level == 1 ? name : firstTop);
  }

  private Block.Kind kind(Node node, TextSpan span) {
    return switch (node) {
      case Heading _ -> Block.Kind.HEADING;
      case ListBlock _ -> Block.Kind.LIST;
      case FencedCodeBlock _, IndentedCodeBlock _ -> Block.Kind.CODE;
      case TableBlock _ -> Block.Kind.TABLE;
      case BlockQuote _ -> Block.Kind.QUOTE;
      case ThematicBreak _ -> Block.Kind.MARKUP;
      case HtmlBlock _ when HtmlText.of(span.of(text)).isBlank() -> Block.Kind.MARKUP;
      default -> Block.Kind.PARAGRAPH;
    };
  }
}
