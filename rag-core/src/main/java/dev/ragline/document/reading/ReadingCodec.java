package dev.ragline.document.reading;

import dev.ragline.document.reading.ReadingUnit.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Readings as bytes beside their source: a few for each change of the text and for each unit. A
 * version, then numbers of variable length (7 bits a byte, the lowest first), and UTF-8 for what is
 * shown in place of something.
 */
public final class ReadingCodec {
  private static final int VERSION = 1;

  /** By their numbers. */
  private static final List<Kind> KINDS =
      List.of(
          Kind.HEADING,
          Kind.PARAGRAPH,
          Kind.LIST_ITEM,
          Kind.TABLE_HEADER,
          Kind.TABLE_ROW,
          Kind.CODE);

  private ReadingCodec() {}

  /** The reading without its source. */
  public static byte[] encode(Reading reading) {
    Out out = new Out();
    out.number(VERSION);
    Segments segments = reading.segments();
    out.number(segments.count());
    int done = 0;
    for (int i = 0; i < segments.count(); i++) {
      TextSpan source = segments.source(i);
      out.number(source.start() - done);
      out.number((source.length() << 1) | (segments.isVerbatim(i) ? 1 : 0));
      if (!segments.isVerbatim(i)) {
        out.text(segments.text(i).of(reading.text()));
      }
      done = source.end();
    }
    out.number(reading.units().size());
    int end = 0;
    for (ReadingUnit unit : reading.units()) {
      out.number(KINDS.indexOf(unit.kind()));
      out.number(unit.level());
      out.span(unit.span(), end);
      out.number(unit.parts().size());
      int part = unit.span().start();
      for (TextSpan span : unit.parts()) {
        out.span(span, part);
        part = span.end();
      }
      end = unit.span().end();
    }
    return out.bytes.toByteArray();
  }

  /**
   * The reading again; null for one of a later version.
   *
   * @param source what it was a reading of
   * @throws IllegalArgumentException for bytes that are none, or not of this source
   */
  public static @Nullable Reading decode(String source, byte[] bytes) {
    In in = new In(bytes);
    if (in.number() != VERSION) {
      return null;
    }
    try {
      return decode(source, in);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("no reading of this source", e);
    }
  }

  private static Reading decode(String source, In in) {
    int count = in.count();
    StringBuilder text = new StringBuilder();
    int[] texts = new int[count + 1];
    int[] from = new int[count];
    int[] to = new int[count];
    BitSet verbatim = new BitSet();
    int done = 0;
    for (int i = 0; i < count; i++) {
      from[i] = done + in.number();
      int length = in.number();
      to[i] = from[i] + (length >>> 1);
      verbatim.set(i, (length & 1) == 1);
      if (verbatim.get(i)) {
        text.append(source, from[i], to[i]);
      } else {
        text.append(in.text());
      }
      texts[i + 1] = text.length();
      done = to[i];
    }
    if (done > source.length()) {
      throw new IndexOutOfBoundsException("a segment ends behind the source");
    }
    boolean whole = count == 1 && text.length() == source.length() && verbatim.get(0);
    return new Reading(
        source,
        whole ? source : text.toString(),
        new Segments(texts, from, to, verbatim),
        units(in, text.length()));
  }

  private static List<ReadingUnit> units(In in, int length) {
    int count = in.count();
    List<ReadingUnit> units = new ArrayList<>(count);
    int end = 0;
    for (int i = 0; i < count; i++) {
      Kind kind = KINDS.get(in.number());
      int level = in.number();
      TextSpan span = in.span(end);
      end = span.end();
      if (end > length) {
        throw new IndexOutOfBoundsException("a unit ends behind the text");
      }
      int parts = in.count();
      List<TextSpan> spans = new ArrayList<>(parts);
      int part = span.start();
      for (int j = 0; j < parts; j++) {
        spans.add(in.span(part));
        part = spans.getLast().end();
      }
      units.add(new ReadingUnit(kind, span, level, spans));
    }
    return units;
  }

  private static final class Out {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void number(int number) {
      int rest = number;
      while (rest > 0x7F) {
        bytes.write((rest & 0x7F) | 0x80);
        rest >>>= 7;
      }
      bytes.write(rest);
    }

    void span(TextSpan span, int after) {
      number(span.start() - after);
      number(span.length());
    }

    void text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      number(utf8.length);
      bytes.writeBytes(utf8);
    }
  }

  private static final class In {
    private final ByteArrayInputStream bytes;

    In(byte[] bytes) {
      this.bytes = new ByteArrayInputStream(bytes);
    }

    int number() {
      int number = 0;
      for (int shift = 0; shift < 32; shift += 7) {
        int next = bytes.read();
        if (next < 0) {
          throw new IllegalArgumentException("the reading ends too soon");
        }
        number |= (next & 0x7F) << shift;
        if (next < 0x80) {
          return number;
        }
      }
      throw new IllegalArgumentException("no number");
    }

    /** A number of things of a byte or more each. */
    int count() {
      int count = number();
      if (count < 0 || count > bytes.available()) {
        throw new IllegalArgumentException("the reading ends too soon");
      }
      return count;
    }

    TextSpan span(int after) {
      int start = after + number();
      return new TextSpan(start, start + number());
    }

    String text() {
      byte[] utf8 = new byte[count()];
      int read = bytes.read(utf8, 0, utf8.length);
      return new String(utf8, 0, Math.max(0, read), StandardCharsets.UTF_8);
    }
  }
}
