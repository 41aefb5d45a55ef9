package dev.ragline.parsing;

import dev.ragline.document.LeadIn;
import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.ReadingUnit;
import dev.ragline.document.reading.ReadingUnit.Kind;
import dev.ragline.document.reading.TextSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds what announces what in a reading: the sentence before a list, a table or code, the row of a
 * table's column names, the beginning of a list's item what else the item holds.
 */
public final class Announcements {
  /** By the end of the announcing text; of equal ones the widest first. */
  private static final Comparator<Announcement> ORDER =
      Comparator.comparingInt((Announcement it) -> it.span().end())
          .thenComparingInt(it -> -it.scope().end());

  private static final String COLONS = ":：﹕︓";

  /** What may close after a colon. */
  private static final String CLOSERS = "*_`\"'”’»)]";

  private final Reading reading;
  private final List<ReadingUnit> units;
  private final List<Announcement> found = new ArrayList<>();

  private Announcements(Reading reading) {
    this.reading = reading;
    this.units = reading.units();
  }

  /**
   * Those of a reading, by the ends of the announcing texts. What they announce lies in one another
   * or apart.
   */
  static List<Announcement> in(Reading reading) {
    Announcements announcements = new Announcements(reading);
    for (int i = 0; i < announcements.units.size(); i++) {
      announcements.add(i);
    }
    return announcements.found.stream().sorted(ORDER).toList();
  }

  /** Whether a text only announces what follows it. */
  public static boolean endsInColon(String text) {
    int end = text.length();
    while (end > 0
        && (CLOSERS.indexOf(text.charAt(end - 1)) >= 0 || Blanks.isBlank(text.charAt(end - 1)))) {
      end--;
    }
    return end > 0 && COLONS.indexOf(text.charAt(end - 1)) >= 0;
  }

  private void add(int i) {
    switch (units.get(i).kind()) {
      case PARAGRAPH -> {
        addFirstLine(units.get(i).span());
        addLeadIn(i);
      }
      case LIST_ITEM -> {
        addItem(i);
        addLeadIn(i);
      }
      case TABLE_HEADER -> {
        int end = rowsEnd(i + 1);
        if (end > i + 1) {
          add(LeadIn.Kind.HEADER_ROW, units.get(i).span(), i + 1, end);
        }
      }
      case HEADING, TABLE_ROW, CODE -> {}
    }
  }

  private void addLeadIn(int i) {
    ReadingUnit unit = units.get(i);
    int next = i + 1;
    if (next == units.size() || units.get(next).kind() == Kind.HEADING) {
      return;
    }
    boolean shown = units.get(next).kind() == Kind.CODE || units.get(next).isRow();
    if (shown || endsInColon(unit.span().of(reading.text()))) {
      List<TextSpan> sentences = Sentences.in(reading, unit);
      if (!sentences.isEmpty()) {
        add(LeadIn.Kind.SENTENCE, sentences.getLast(), next, announcedEnd(i));
      }
    }
  }

  /** Plain text keeps its lines; Markdown has none within a paragraph. */
  private void addFirstLine(TextSpan paragraph) {
    int lineEnd = reading.text().indexOf('\n', paragraph.start());
    if (lineEnd >= 0 && lineEnd < paragraph.end()) {
      TextSpan line = new TextSpan(paragraph.start(), lineEnd);
      TextSpan rest = new TextSpan(lineEnd, paragraph.end());
      if (endsInColon(line.of(reading.text()))) {
        TextSpan below = Blanks.trim(reading.text(), rest);
        add(LeadIn.Kind.SENTENCE, Blanks.trim(reading.text(), line), below, below);
      }
    }
  }

  /** The end of the list, the table or the block that a sentence announces. */
  private int announcedEnd(int i) {
    int next = i + 1;
    if (units.get(next).isRow()) {
      return rowsEnd(next);
    }
    return Math.max(next + 1, units.get(next).kind() == Kind.CODE ? next : deeperEnd(i));
  }

  private int rowsEnd(int from) {
    int end = from;
    while (end < units.size()
        && units.get(end).isRow()
        && (end == from || units.get(end).kind() == Kind.TABLE_ROW)) {
      end++;
    }
    return end;
  }

  /** The end of what stands in more lists than a unit does. */
  private int deeperEnd(int i) {
    int end = i + 1;
    while (end < units.size()
        && units.get(end).kind() != Kind.HEADING
        && units.get(end).level() > units.get(i).level()) {
      end++;
    }
    return end;
  }

  private void addItem(int i) {
    ReadingUnit item = units.get(i);
    int end = i + 1;
    while (end < units.size()
        && units.get(end).kind() != Kind.HEADING
        && (units.get(end).level() > item.level()
            || (units.get(end).level() == item.level()
                && item.level() > 0
                && units.get(end).kind() != Kind.LIST_ITEM))) {
      end++;
    }
    List<TextSpan> sentences = Sentences.in(reading, item);
    if (sentences.size() > 1) {
      add(LeadIn.Kind.ITEM, sentences.getFirst(), sentences.get(1), units.get(end - 1).span());
    } else if (end > i + 1 && !sentences.isEmpty()) {
      add(LeadIn.Kind.ITEM, sentences.getFirst(), i + 1, end);
    }
  }

  private void add(LeadIn.Kind kind, TextSpan span, int from, int to) {
    add(kind, span, units.get(from).span(), units.get(to - 1).span());
  }

  private void add(LeadIn.Kind kind, TextSpan shown, TextSpan from, TextSpan to) {
    TextSpan announcing = reading.sourceSpan(shown);
    int start = reading.sourceSpan(from).start();
    int end = reading.sourceSpan(to).end();
    if (announcing.end() <= start && start < end) {
      found.add(new Announcement(kind, announcing, new TextSpan(start, end)));
    }
  }
}
