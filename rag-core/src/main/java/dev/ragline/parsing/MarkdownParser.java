package dev.ragline.parsing;

import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.TextSpan;
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
import org.jspecify.annotations.Nullable;

/** Reads one Markdown document's top-level blocks; used once. */
final class MarkdownParser {
  private static final int LEVELS = 6;

  private final String text;
  private final List<Block> blocks = new ArrayList<>();
  private final @Nullable String[] headings = new @Nullable String[LEVELS];
  private @Nullable String firstHeading;
  private @Nullable String firstTopHeading;
  private FrontMatter frontMatter = FrontMatter.NONE;

  private MarkdownParser(String text) {
    this.text = text;
  }

  static ParsedDocument parse(SourceText source) {
    return new MarkdownParser(source.text()).read(source);
  }

  private ParsedDocument read(SourceText source) {
    int origin = text.startsWith("\uFEFF") ? 1 : 0;
    FrontMatterBlock found = FrontMatterBlock.find(text, origin);
    if (found != null) {
      frontMatter = found.content();
      blocks.addAll(found.blocks());
      origin = found.span().end();
    }
    MarkdownReader reader = new MarkdownReader(text, origin);
    readBlocks(reader, origin);
    Reading reading = reader.reading();
    return new ParsedDocument(
        source, title(), Pictures.cutOut(blocks, reading), reading, frontMatter);
  }

  private @Nullable String title() {
    String ofText = firstTopHeading != null ? firstTopHeading : firstHeading;
    return frontMatter.title().orElse(ofText);
  }

  private void readBlocks(MarkdownReader reader, int origin) {
    int covered = origin;
    for (Node node = reader.next(); node != null; node = reader.next()) {
      TextSpan at = reader.span(node);
      int start = Math.max(covered, at.start());
      int end = Math.max(start, at.end());
      addUncovered(reader, new TextSpan(covered, start));
      String shown = reader.show(node);
      TextSpan span = new TextSpan(start, end);
      if (node instanceof HtmlBlock) {
        addHtml(kind(node), span);
      } else {
        if (node instanceof Heading heading) {
          enter(heading.getLevel(), shown);
        }
        add(shown.isEmpty() ? Block.Kind.MARKUP : kind(node), span);
      }
      covered = end;
    }
    addUncovered(reader, new TextSpan(covered, text.length()));
  }

  /** Adds a block of HTML, cut at the headings in it. */
  private void addHtml(Block.Kind kind, TextSpan html) {
    int covered = html.start();
    for (HtmlHeadings.Found heading : HtmlHeadings.in(text, html)) {
      addPart(kind, new TextSpan(covered, heading.span().start()));
      enter(heading.level(), shown(heading.span()));
      addPart(Block.Kind.HEADING, heading.span());
      covered = heading.span().end();
    }
    addPart(kind, new TextSpan(covered, html.end()));
  }

  private void addPart(Block.Kind kind, TextSpan part) {
    add(shown(part).isEmpty() ? Block.Kind.MARKUP : kind, part);
  }

  private String shown(TextSpan part) {
    return Readings.markdown(part.of(text)).text().strip();
  }

  /** Takes what no node covers, so that nothing of a document is lost. */
  private void addUncovered(MarkdownReader reader, TextSpan span) {
    String shown = reader.plain(span);
    add(shown.isEmpty() ? Block.Kind.MARKUP : Block.Kind.PARAGRAPH, span);
  }

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

  private void enter(int level, String shown) {
    String plain = HeadingText.shorten(shown);
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

  private static Block.Kind kind(Node node) {
    return switch (node) {
      case Heading _ -> Block.Kind.HEADING;
      case ListBlock _ -> Block.Kind.LIST;
      case FencedCodeBlock _, IndentedCodeBlock _ -> Block.Kind.CODE;
      case TableBlock _ -> Block.Kind.TABLE;
      case HtmlBlock html when HtmlRows.isIn(html.getLiteral()) -> Block.Kind.TABLE;
      case BlockQuote _ -> Block.Kind.QUOTE;
      default -> Block.Kind.PARAGRAPH;
    };
  }
}
