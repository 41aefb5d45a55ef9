package dev.ragline.document.reading;

import dev.ragline.document.reading.ReadingUnit.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a reading from its source's start to its end. Separators, marks and units are announced,
 * and come to be with the first char that is shown after them: what shows nothing leaves no trace.
 */
public final class ReadingBuilder {
  private static final int LINE_END = 1 << 20;

  private final String source;
  private final StringBuilder text = new StringBuilder();
  private final List<ReadingUnit> units = new ArrayList<>();

  private int[] starts = new int[16];
  private int[] from = new int[16];
  private int[] to = new int[16];
  private final BitSet verbatim = new BitSet();
  private int count;

  private String separator = "";
  private final List<TextSpan> marks = new ArrayList<>();
  private @Nullable Open open;

  /** A unit that was announced; it has begun when its start is not negative. */
  private static final class Open {
    final Kind kind;
    final int level;
    final List<TextSpan> parts = new ArrayList<>();
    int start = -1;
    boolean inPart;
    int partStart = -1;

    Open(Kind kind, int level) {
      this.kind = kind;
      this.level = level;
    }
  }

  public ReadingBuilder(String source) {
    this.source = source;
  }

  /** Chars shown so far. */
  public int length() {
    return text.length();
  }

  /** What was shown from a place of the text on. */
  public String since(int start) {
    return text.substring(start);
  }

  /**
   * Sets apart what comes next. Of several separators in a row the longest one counts, those with
   * line ends before those without.
   */
  public void separate(String with) {
    if (weight(with) > weight(separator)) {
      separator = with;
    }
  }

  private static int weight(String separator) {
    return separator.indexOf('\n') < 0 ? separator.length() : LINE_END + separator.length();
  }

  /** A mark of a list's item, which is shown before the item's text. */
  public void mark(int start, int end) {
    marks.add(new TextSpan(start, end));
  }

  /** Forgets the marks that nothing was shown for. */
  public void dropMarks() {
    marks.clear();
  }

  /** A span of the source that is shown as it stands. */
  public void verbatim(int start, int end) {
    if (start < end) {
      begin(start);
      append(start, end, source.substring(start, end), true);
    }
  }

  /** A span of the source that is shown as something else. */
  public void replaced(int start, int end, String shown) {
    if (!shown.isEmpty()) {
      begin(start);
      append(start, end, shown, false);
    }
  }

  private void begin(int at) {
    if (!text.isEmpty() && !separator.isEmpty()) {
      int next = marks.isEmpty() ? at : marks.getFirst().start();
      gap(lastEnd(), next, separator);
    }
    separator = "";
    for (int i = 0; i < marks.size(); i++) {
      TextSpan mark = marks.get(i);
      append(mark.start(), mark.end(), mark.of(source), true);
      gap(mark.end(), i + 1 < marks.size() ? marks.get(i + 1).start() : at, " ");
    }
    marks.clear();
    if (open != null) {
      if (open.start < 0) {
        open.start = text.length();
      }
      if (open.inPart && open.partStart < 0) {
        open.partStart = text.length();
      }
    }
  }

  /** What stands between two pieces of the source. */
  private void gap(int start, int end, String shown) {
    int until = Math.max(start, end);
    boolean same = shown.length() == until - start && source.startsWith(shown, start);
    append(start, until, shown, same);
  }

  private int lastEnd() {
    return count == 0 ? 0 : to[count - 1];
  }

  private void append(int start, int end, String shown, boolean asItStands) {
    boolean goesOn = asItStands && count > 0 && verbatim.get(count - 1) && to[count - 1] == start;
    if (!goesOn) {
      grow();
      starts[count] = text.length();
      from[count] = start;
      verbatim.set(count, asItStands);
      count++;
    }
    to[count - 1] = end;
    text.append(shown);
  }

  private void grow() {
    if (count == from.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      from = Arrays.copyOf(from, 2 * count);
      to = Arrays.copyOf(to, 2 * count);
    }
  }

  /** Opens a unit; one that is open is closed. */
  public void open(Kind kind, int level) {
    close();
    open = new Open(kind, level);
  }

  /** Closes the unit, which is one if it showed anything. */
  public void close() {
    if (open != null && open.start >= 0) {
      closePart();
      int start = open.start;
      // An empty part before the first char that is shown stands where the unit begins.
      List<TextSpan> parts =
          open.parts.stream()
              .map(part -> new TextSpan(Math.max(start, part.start()), Math.max(start, part.end())))
              .toList();
      units.add(new ReadingUnit(open.kind, new TextSpan(start, text.length()), open.level, parts));
    }
    open = null;
  }

  /** Opens a part of the open unit; one that is open is closed. */
  public void openPart() {
    closePart();
    if (open != null) {
      open.inPart = true;
    }
  }

  private void closePart() {
    if (open != null && open.inPart) {
      int start = open.partStart < 0 ? text.length() : open.partStart;
      open.parts.add(new TextSpan(start, text.length()));
      open.inPart = false;
      open.partStart = -1;
    }
  }

  /** The reading of the whole source. */
  public Reading build() {
    close();
    int[] texts = Arrays.copyOf(starts, count + 1);
    texts[count] = text.length();
    Segments segments =
        new Segments(texts, Arrays.copyOf(from, count), Arrays.copyOf(to, count), verbatim);
    boolean whole = count == 1 && text.length() == source.length() && verbatim.get(0);
    return new Reading(source, whole ? source : text.toString(), segments, units);
  }
}
