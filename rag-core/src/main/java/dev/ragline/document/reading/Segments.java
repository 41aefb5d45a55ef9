package dev.ragline.document.reading;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which span of the source each part of a reading's text shows. The segments follow one another
 * without a gap in the text and in order in the source.
 */
final class Segments {
  /** Where each begins in the text, and where the last one ends. */
  private final int[] text;

  /** Where each begins in the source. */
  private final int[] from;

  /** Where each ends in the source. */
  private final int[] to;

  /** Those that show the source as it stands. */
  private final BitSet verbatim;

  /** Takes what it is given, which must not change. */
  Segments(int[] text, int[] from, int[] to, BitSet verbatim) {
    this.text = text;
    this.from = from;
    this.to = to;
    this.verbatim = verbatim;
  }

  static Segments verbatim(int length) {
    BitSet one = new BitSet();
    one.set(0);
    return length == 0
        ? new Segments(new int[] {0}, new int[0], new int[0], new BitSet())
        : new Segments(new int[] {0, length}, new int[] {0}, new int[] {length}, one);
  }

  int count() {
    return from.length;
  }

  TextSpan text(int segment) {
    return new TextSpan(text[segment], text[segment + 1]);
  }

  TextSpan source(int segment) {
    return new TextSpan(from[segment], to[segment]);
  }

  boolean isVerbatim(int segment) {
    return verbatim.get(segment);
  }

  /** Where in the text a span of the source is shown. */
  TextSpan textSpan(TextSpan source) {
    if (source.length() == 0) {
      return new TextSpan(0, 0);
    }
    int first = firstEndingAfter(source.start());
    int last = lastBeginningBefore(source.end());
    if (first > last) {
      return new TextSpan(text[Math.min(first, count())], text[Math.min(first, count())]);
    }
    int start = text[first];
    if (from[first] < source.start()) {
      start = verbatim.get(first) ? start + source.start() - from[first] : text[first + 1];
    }
    int end = text[last + 1];
    if (to[last] > source.end()) {
      end = verbatim.get(last) ? text[last] + source.end() - from[last] : text[last];
    }
    return new TextSpan(start, Math.max(start, end));
  }

  private int firstEndingAfter(int at) {
    int low = 0;
    int high = count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (to[middle] <= at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int lastBeginningBefore(int at) {
    int low = 0;
    int high = count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (from[middle] < at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** The segment that holds a char of the text. */
  private int at(int index) {
    int found = Arrays.binarySearch(text, 0, count(), index);
    return found >= 0 ? found : -found - 2;
  }

  TextSpan sourceSpan(TextSpan ofText) {
    if (count() == 0) {
      return new TextSpan(0, 0);
    }
    if (ofText.length() == 0) {
      int segment = at(Math.min(ofText.start(), text[count()] - 1));
      int place = Math.min(to[segment], from[segment] + ofText.start() - text[segment]);
      return new TextSpan(place, place);
    }
    int first = at(ofText.start());
    int last = at(ofText.end() - 1);
    int start = verbatim.get(first) ? from[first] + ofText.start() - text[first] : from[first];
    int end = verbatim.get(last) ? from[last] + ofText.end() - text[last] : to[last];
    return new TextSpan(start, end);
  }

  /** The span without the blanks at its ends that do not stand in the source as they are. */
  TextSpan withoutBlankEnds(TextSpan ofText, String shown) {
    int start = ofText.start();
    int end = ofText.end();
    while (start < end && isBlankChange(at(start), shown)) {
      start = Math.min(end, text[at(start) + 1]);
    }
    while (end > start && isBlankChange(at(end - 1), shown)) {
      end = Math.max(start, text[at(end - 1)]);
    }
    return new TextSpan(start, end);
  }

  private boolean isBlankChange(int segment, String shown) {
    return !verbatim.get(segment) && text(segment).of(shown).isBlank();
  }

  /** Those of a span of the text, counted from its start and that of a span of the source. */
  Segments slice(TextSpan ofText, TextSpan source) {
    if (ofText.length() == 0) {
      return verbatim(0);
    }
    int first = at(ofText.start());
    int last = at(ofText.end() - 1);
    int n = last - first + 1;
    int[] texts = new int[n + 1];
    int[] starts = new int[n];
    int[] ends = new int[n];
    for (int i = 0; i < n; i++) {
      texts[i] = Math.max(0, text[first + i] - ofText.start());
      starts[i] = Math.max(from[first + i], source.start()) - source.start();
      ends[i] = Math.min(to[first + i], source.end()) - source.start();
    }
    texts[n] = ofText.length();
    return new Segments(texts, starts, ends, verbatim.get(first, last + 1));
  }

  List<Reading.Change> changes(TextSpan source, String shown) {
    TextSpan ofText = textSpan(source);
    List<Reading.Change> changes = new ArrayList<>();
    int done = source.start();
    if (ofText.length() > 0) {
      for (int i = at(ofText.start()); i <= at(ofText.end() - 1); i++) {
        int start = Math.max(from[i], source.start());
        if (start > done) {
          changes.add(new Reading.Change(new TextSpan(done, start), ""));
        }
        if (!verbatim.get(i)) {
          changes.add(new Reading.Change(source(i), text(i).of(shown)));
        }
        done = Math.min(to[i], source.end());
      }
    }
    if (done < source.end()) {
      changes.add(new Reading.Change(new TextSpan(done, source.end()), ""));
    }
    return changes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Segments that
        && Arrays.equals(text, that.text)
        && Arrays.equals(from, that.from)
        && Arrays.equals(to, that.to)
        && verbatim.equals(that.verbatim);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(text) * 31 + Arrays.hashCode(from);
  }
}
