package dev.ragline.parsing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.jspecify.annotations.Nullable;

/**
 * Finds the sentences of a Markdown text. A heading, a table's row and a code block are each one
 * sentence; no sentence crosses from one paragraph or list item into the next. Marks that begin a
 * line (of a list, a heading, a quote, a code fence) belong to no sentence, nor do comments and
 * link definitions.
 */
public final class Sentences {
  private Sentences() {}

  /** The sentences in order, without white space at their ends. */
  public static List<TextSpan> in(String text) {
    List<TextSpan> sentences = new ArrayList<>();
    for (@Nullable Node node = Markdown.blocks(text); node != null; ) {
      boolean leaf = collect(node, text, sentences);
      node = Markdown.next(node, !leaf);
    }
    return sentences;
  }

  /** Takes a leaf's sentences; false for a node that only holds others. */
  private static boolean collect(Node node, String text, List<TextSpan> sentences) {
    switch (node) {
      case Heading heading -> addWhole(text, headingSpan(text, heading), sentences);
      case FencedCodeBlock code -> addWhole(text, codeSpan(code), sentences);
      case TableRow row -> addWhole(text, Markdown.span(row), sentences);
      case Paragraph _, IndentedCodeBlock _ -> addEach(text, node, sentences);
      case HtmlBlock html -> {
        if (!HtmlText.of(html.getLiteral()).isBlank()) {
          addEach(text, node, sentences);
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void addWhole(String text, TextSpan span, List<TextSpan> sentences) {
    TextSpan visible = Blanks.trim(text, span);
    if (visible.length() > 0) {
      sentences.add(visible);
    }
  }

  private static TextSpan headingSpan(String text, Heading heading) {
    List<SourceSpan> lines = heading.getSourceSpans();
    if (lines.size() > 1) {
      // Setext: the last line underlines.
      SourceSpan last = lines.get(lines.size() - 2);
      return new TextSpan(
          lines.getFirst().getInputIndex(), last.getInputIndex() + last.getLength());
    }
    TextSpan span = Markdown.span(heading);
    int start = span.start();
    while (start < span.end() && isHeadingMark(text.charAt(start))) {
      start++;
    }
    int end = span.end();
    while (end > start && isHeadingMark(text.charAt(end - 1))) {
      end--;
    }
    // A name may end in the sign, as C# does: only marks that stand apart are closing ones.
    boolean apart = end < span.end() && text.charAt(end) != '#';
    return new TextSpan(start, apart ? end : span.end());
  }

  private static boolean isHeadingMark(char c) {
    return c == '#' || c == ' ' || c == '\t';
  }

  /** What stands between the fences. */
  private static TextSpan codeSpan(FencedCodeBlock code) {
    List<SourceSpan> lines = code.getSourceSpans();
    int closing = code.getClosingFenceLength() == null ? 0 : 1;
    if (lines.size() <= 1 + closing) {
      return new TextSpan(0, 0);
    }
    SourceSpan last = lines.get(lines.size() - 1 - closing);
    return new TextSpan(lines.get(1).getInputIndex(), last.getInputIndex() + last.getLength());
  }

  /** Splits a leaf's own chars; what stands between its lines (line ends, quote marks) is blank. */
  private static void addEach(String text, Node leaf, List<TextSpan> sentences) {
    TextSpan whole = Markdown.span(leaf);
    char[] own = new char[whole.length()];
    Arrays.fill(own, ' ');
    for (SourceSpan line : leaf.getSourceSpans()) {
      int start = line.getInputIndex();
      text.getChars(start, start + line.getLength(), own, start - whole.start());
    }
    for (TextSpan sentence : SentenceEnds.split(String.valueOf(own))) {
      sentences.add(new TextSpan(whole.start() + sentence.start(), whole.start() + sentence.end()));
    }
  }
}
