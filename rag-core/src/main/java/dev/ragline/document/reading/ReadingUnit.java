package dev.ragline.document.reading;

import java.util.List;

/**
 * A piece of a reading that stands for itself. Units are in order and do not overlap; between them
 * are line ends, and the marks of list items.
 *
 * @param span chars of the reading's text
 * @param level a heading's level, 1…6; of all others how many lists they stand in
 * @param parts chars of the reading's text: a row's cells, empty ones included, or the lines of
 *     code that show something; none of other kinds
 */
public record ReadingUnit(Kind kind, TextSpan span, int level, List<TextSpan> parts) {
  /** What kind of unit it is. */
  public enum Kind {
    HEADING,
    /** Running text; in a list, what follows an item's first unit. */
    PARAGRAPH,
    /** The first running text of a list's item, without its mark. */
    LIST_ITEM,
    /** The row that names a table's columns. */
    TABLE_HEADER,
    TABLE_ROW,
    /** A block of code, line by line. */
    CODE
  }

  public ReadingUnit {
    parts = List.copyOf(parts);
  }

  /** Whether it is one of a table's rows. */
  public boolean isRow() {
    return kind == Kind.TABLE_HEADER || kind == Kind.TABLE_ROW;
  }

  /**
   * The part of it that lies in {@code within}, counted from there; its span is empty where nothing
   * does.
   */
  ReadingUnit within(TextSpan within) {
    return new ReadingUnit(
        kind, cut(span, within), level, parts.stream().map(part -> cut(part, within)).toList());
  }

  private static TextSpan cut(TextSpan span, TextSpan within) {
    int start = Math.clamp(span.start(), within.start(), within.end());
    int end = Math.clamp(span.end(), within.start(), within.end());
    return new TextSpan(start - within.start(), end - within.start());
  }
}
