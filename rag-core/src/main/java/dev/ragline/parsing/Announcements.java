package dev.ragline.parsing;

import dev.ragline.document.LeadIn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;

/**
 * Finds what announces what: the sentence before a list, a table or code, the row of a table's
 * column names, the beginning of a list's item.
 */
final class Announcements {
  /** By where they end up being asked for; of those that begin together the widest first. */
  private static final Comparator<Announcement> ORDER =
      Comparator.comparingInt((Announcement it) -> it.scope().start())
          .thenComparing(it -> -it.scope().end());

  /** Chars of an item's paragraph that is not looked through for sentences: it is hardly cut. */
  private static final int SHORT_ITEM = 200;

  private static final String COLONS = ":：﹕︓";

  /** What may close after a colon. */
  private static final String CLOSERS = "*_`\"'”’»)]";

  private final String text;
  private final List<Announcement> found = new ArrayList<>();
  private final List<TextSpan> html = new ArrayList<>();

  private Announcements(String text) {
    this.text = text;
  }

  /**
   * Those of a Markdown text, by the start of their scopes.
   *
   * @param document what the text was parsed to, with source spans
   */
  static List<Announcement> in(String text, Node document) {
    Announcements announcements = new Announcements(text);
    for (@Nullable Node node = document.getFirstChild(); node != null; ) {
      announcements.add(node);
      node = Markdown.next(node, !(node instanceof TableBlock));
    }
    announcements.found.addAll(HtmlTables.headerRows(text, announcements.html));
    return announcements.found.stream().sorted(ORDER).toList();
  }

  /** Those of a text without markup, whose paragraphs are given. */
  static List<Announcement> inPlain(String text, List<TextSpan> paragraphs) {
    Announcements announcements = new Announcements(text);
    for (int i = 0; i < paragraphs.size(); i++) {
      TextSpan paragraph = paragraphs.get(i);
      announcements.addFirstLine(paragraph);
      if (i + 1 < paragraphs.size() && announcements.endsInColon(paragraph)) {
        announcements.addLastSentence(
            SentenceEnds.split(paragraph.of(text)), paragraph.start(), paragraphs.get(i + 1));
      }
    }
    return announcements.found.stream().sorted(ORDER).toList();
  }

  private void add(Node node) {
    switch (node) {
      case Paragraph paragraph -> addLeadIn(paragraph);
      case ListItem item -> addItem(item);
      case TableBlock table -> addHeaderRow(table);
      case HtmlBlock block -> html.add(Markdown.span(block));
      default -> {}
    }
  }

  private void addLeadIn(Paragraph paragraph) {
    Node next = paragraph.getNext();
    while (next instanceof LinkReferenceDefinition || isComment(next)) {
      next = next.getNext();
    }
    if (next == null
        || next instanceof Heading
        || next instanceof ThematicBreak
        || next.getSourceSpans().isEmpty()) {
      return;
    }
    if (isShown(next) || endsInColon(Markdown.span(paragraph))) {
      addLastSentence(Sentences.ofLeaf(text, paragraph), 0, Markdown.span(next));
    }
  }

  /** Whether the text before it is about it, however that ends. */
  private static boolean isShown(Node node) {
    return node instanceof TableBlock
        || node instanceof FencedCodeBlock
        || node instanceof IndentedCodeBlock;
  }

  private static boolean isComment(@Nullable Node node) {
    return node instanceof HtmlBlock block && HtmlText.of(block.getLiteral()).isBlank();
  }

  private void addLastSentence(List<TextSpan> sentences, int origin, TextSpan announced) {
    if (!sentences.isEmpty()) {
      TextSpan last = sentences.getLast();
      add(
          LeadIn.Kind.SENTENCE,
          new TextSpan(origin + last.start(), origin + last.end()),
          announced);
    }
  }

  private void addFirstLine(TextSpan paragraph) {
    int newline = text.indexOf('\n', paragraph.start());
    if (newline >= 0 && newline < paragraph.end()) {
      TextSpan line = Blanks.trim(text, new TextSpan(paragraph.start(), newline));
      if (endsInColon(line)) {
        add(LeadIn.Kind.SENTENCE, line, new TextSpan(newline, paragraph.end()));
      }
    }
  }

  private void addItem(ListItem item) {
    if (!(item.getFirstChild() instanceof Paragraph paragraph)) {
      return;
    }
    TextSpan own = Markdown.span(paragraph);
    if (paragraph.getNext() == null && own.length() <= SHORT_ITEM) {
      return;
    }
    List<TextSpan> sentences = Sentences.ofLeaf(text, paragraph);
    if (!sentences.isEmpty()) {
      TextSpan first = sentences.getFirst();
      add(LeadIn.Kind.ITEM, first, new TextSpan(first.end(), Markdown.span(item).end()));
    }
  }

  private void addHeaderRow(TableBlock table) {
    if (table.getFirstChild() instanceof TableHead head
        && head.getNext() instanceof TableBody body
        && head.getFirstChild() != null
        && body.getFirstChild() != null) {
      TextSpan header = Markdown.span(head.getFirstChild());
      int rows = Markdown.span(body.getFirstChild()).start();
      add(LeadIn.Kind.HEADER_ROW, header, new TextSpan(rows, Markdown.span(table).end()));
    }
  }

  private void add(LeadIn.Kind kind, TextSpan span, TextSpan scope) {
    TextSpan announcing = Blanks.trim(text, span);
    TextSpan announced = Blanks.trim(text, scope);
    if (announcing.length() > 0 && announced.length() > 0 && announcing.end() <= scope.start()) {
      // The indent of code is a part of it.
      found.add(new Announcement(kind, announcing, new TextSpan(scope.start(), announced.end())));
    }
  }

  private boolean endsInColon(TextSpan span) {
    int end = Blanks.trim(text, span).end();
    while (end > span.start() && CLOSERS.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end > span.start() && COLONS.indexOf(text.charAt(end - 1)) >= 0;
  }
}
