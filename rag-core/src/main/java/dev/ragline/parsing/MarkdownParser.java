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

/** Reads one Markdown document's top-level blocks; used once. */
final class MarkdownParser {
  private static final int LEVELS = 6;

  private final String text;
  private final List<Block> blocks = new ArrayList<>();
  private final @Nullable String[] headings = new @Nullable String[LEVELS];
  private @Nullable String firstHeading;
  private @Nullable String firstTopHeading;

  private MarkdownParser(String text) {
    this.text = text;
  }

  static ParsedDocument parse(SourceText source) {
    MarkdownParser parser = new MarkdownParser(source.text());
    String title = parser.read();
    return new ParsedDocument(source, title, parser.blocks);
  }

  /** Collects the blocks and gives the title. */
  private @Nullable String read() {
    int origin = text.startsWith("\uFEFF") ? 1 : 0;
    FrontMatter frontMatter = FrontMatter.find(text, origin);
    if (frontMatter != null) {
      blocks.add(new Block(Block.Kind.FRONT_MATTER, frontMatter.span(), List.of()));
      origin = frontMatter.span().end();
    }
    readBlocks(origin);
    if (frontMatter != null && frontMatter.title() != null) {
      return frontMatter.title();
    }
    return firstTopHeading != null ? firstTopHeading : firstHeading;
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
      add(Block.Kind.PARAGRAPH, new TextSpan(covered, start));
      if (node instanceof Heading heading) {
        enter(heading);
      }
      add(kind(node, new TextSpan(start, end)), new TextSpan(start, end));
      covered = end;
    }
    add(Block.Kind.PARAGRAPH, new TextSpan(covered, text.length()));
  }

  /** Also takes what no node covers, so that nothing of a document is lost. */
  private void add(Block.Kind kind, TextSpan span) {
    TextSpan visible = Blanks.trim(text, span);
    if (visible.length() == 0) {
      return;
    }
    // The first line's indent belongs to the code.
    int start = kind == Block.Kind.CODE ? span.start() : visible.start();
    blocks.add(new Block(kind, new TextSpan(start, visible.end()), path()));
  }

  private List<String> path() {
    return Arrays.stream(headings).filter(Objects::nonNull).toList();
  }

  private void enter(Heading heading) {
    int level = heading.getLevel();
    String content = heading.getFirstChild() instanceof Text raw ? raw.getLiteral() : "";
    String plain = HeadingText.of(content);
    Arrays.fill(headings, level - 1, LEVELS, null);
    if (plain.isEmpty()) {
      return;
    }
    headings[level - 1] = plain;
    if (firstHeading == null) {
      firstHeading = plain;
    }
    if (level == 1 && firstTopHeading == null) {
      firstTopHeading = plain;
    }
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
