package dev.ragline.document.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a reader sees of a source text, with a map back to it. The reading is a row of segments:
 * each shows a span of the source, as it stands there or as something else (a character reference
 * as its character, what stands between two cells as {@code " | "}). What of the source is in no
 * segment shows nothing.
 *
 * <p>Immutable. Places are UTF-16 indexes, in the reading's {@link #text} or in its {@link
 * #source}, as the methods say.
 */
public final class Reading {
  private final String source;
  private final String text;
  private final Segments segments;
  private final List<ReadingUnit> units;

  Reading(String source, String text, Segments segments, List<ReadingUnit> units) {
    this.source = source;
    this.text = text;
    this.segments = segments;
    this.units = List.copyOf(units);
  }

  /** A source that is shown as it stands. */
  public static Reading verbatim(String source, List<ReadingUnit> units) {
    return new Reading(source, source, Segments.verbatim(source.length()), units);
  }

  /**
   * A span of the source that a reader sees as something else.
   *
   * @param source chars of the source; empty for what is shown between two of them
   * @param shown what is seen of it; empty for what shows nothing
   */
  public record Change(TextSpan source, String shown) {}

  /** What it is a reading of. */
  public String source() {
    return source;
  }

  /** What a reader sees. */
  public String text() {
    return text;
  }

  /** What the text is made of. */
  public List<ReadingUnit> units() {
    return units;
  }

  /** Whether there is nothing to see. */
  public boolean isBlank() {
    return text.isBlank();
  }

  Segments segments() {
    return segments;
  }

  /** Where in the text a span of the source is shown; what shows only parts of it is left out. */
  public TextSpan textSpan(TextSpan ofSource) {
    return segments.textSpan(ofSource);
  }

  /** What a reader sees of a span of the source. */
  public String of(TextSpan ofSource) {
    return textSpan(ofSource).of(text);
  }

  /**
   * The least span of the source that shows a span of the text. That span's own reading is the text
   * again, unless an end lies within what is shown for something else.
   */
  public TextSpan sourceSpan(TextSpan ofText) {
    return segments.sourceSpan(ofText);
  }

  /** The reading of a span of the source, whose places count from the span's start. */
  public Reading slice(TextSpan ofSource) {
    TextSpan shown = segments.withoutBlankEnds(segments.textSpan(ofSource), text);
    List<ReadingUnit> cut = new ArrayList<>();
    for (ReadingUnit unit : unitsIn(shown)) {
      ReadingUnit part = unit.within(shown);
      if (part.span().length() > 0) {
        cut.add(part);
      }
    }
    return new Reading(ofSource.of(source), shown.of(text), segments.slice(shown, ofSource), cut);
  }

  private List<ReadingUnit> unitsIn(TextSpan shown) {
    int from = firstEndingAfter(shown.start());
    int to = from;
    while (to < units.size() && units.get(to).span().start() < shown.end()) {
      to++;
    }
    return units.subList(from, to);
  }

  private int firstEndingAfter(int at) {
    int low = 0;
    int high = units.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (units.get(middle).span().end() <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** All of a span of the source that is not seen as it stands, in order. */
  public List<Change> changes(TextSpan ofSource) {
    return segments.changes(ofSource, text);
  }

  /** Whether the source and what is seen of it differ in white space at most. */
  public boolean readsAsWritten() {
    int at = 0;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (Character.isWhitespace(c)) {
        continue;
      }
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at == text.length() || text.charAt(at) != c) {
        return false;
      }
      at++;
    }
    return text.substring(at).isBlank();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reading that
        && source.equals(that.source)
        && text.equals(that.text)
        && segments.equals(that.segments)
        && units.equals(that.units);
  }

  @Override
  public int hashCode() {
    return Objects.hash(source, text);
  }

  @Override
  public String toString() {
    return text;
  }
}
