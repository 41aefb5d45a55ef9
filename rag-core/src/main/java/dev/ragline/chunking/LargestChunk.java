package dev.ragline.chunking;

import com.google.common.collect.AbstractIterator;
import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.Blanks;
import dev.ragline.parsing.ParsedDocument;
import dev.ragline.parsing.SourceText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what is too large for a chunk, whatever the corpus's strategy: after a sentence, else before
 * a word, else between two characters. What is not too large stays as it is.
 */
final class LargestChunk extends AbstractIterator<TextSpan> {
  /** A chunk's most bytes in UTF-8: about 4 000 tokens of English, as a prompt can well take. */
  static final int BYTES = 16 << 10;

  private final SourceText source;
  private final Reading reading;
  private final int end;
  private int at;

  private LargestChunk(ParsedDocument document, TextSpan span) {
    this.source = document.source();
    this.reading = document.reading();
    this.at = span.start();
    this.end = span.end();
  }

  /** The parts of a span, without a gap but for those that show nothing. */
  static Iterable<TextSpan> cut(ParsedDocument document, TextSpan span) {
    return fits(document.source(), span) ? List.of(span) : () -> new LargestChunk(document, span);
  }

  private static boolean fits(SourceText source, TextSpan span) {
    return 3L * span.length() <= BYTES
        || (span.length() <= BYTES && source.bytes(span.start(), span.end()).length() <= BYTES);
  }

  @Override
  protected @Nullable TextSpan computeNext() {
    while (at < end) {
      TextSpan rest = new TextSpan(at, end);
      TextSpan part = fits(source, rest) ? rest : new TextSpan(at, partEnd());
      at = part.end();
      if (!Blanks.isBlank(source.text(), part)) {
        return part;
      }
    }
    return endOfData();
  }

  private int partEnd() {
    String text = source.text();
    int limit = limit();
    int half = at + (limit - at) / 2;
    // The last one may go on.
    List<Integer> ends = Cutter.sentenceEnds(reading, new TextSpan(at, limit));
    int sentence = ends.isEmpty() ? at : ends.getLast();
    if (sentence > half) {
      return sentence;
    }
    int word = Words.lastStart(text, half, limit);
    return word > half ? word : Words.lastCharacterStart(text, at, limit);
  }

  /** The last place that leaves the part small enough. */
  private int limit() {
    int fits = at;
    int fails = Math.min(end, at + BYTES) + 1;
    while (fits + 1 < fails) {
      int middle = (fits + fails) >>> 1;
      if (source.bytes(at, middle).length() <= BYTES) {
        fits = middle;
      } else {
        fails = middle;
      }
    }
    return fits;
  }
}
