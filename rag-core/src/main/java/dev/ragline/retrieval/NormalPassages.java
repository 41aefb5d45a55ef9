package dev.ragline.retrieval;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.ragline.document.Chunk;
import dev.ragline.document.LeadIn;
import dev.ragline.document.reading.Reading;
import dev.ragline.parsing.Readings;
import dev.ragline.parsing.Sentences;
import dev.ragline.ranking.NormalPassage;
import dev.ragline.ranking.PassageText;
import dev.ragline.store.SearchText;
import java.util.List;
import java.util.stream.Stream;

/**
 * Chunks as they are compared with questions. Those of the last questions are kept: to cut a text
 * into sentences takes longer than all else of a question. They are kept by what they say, so that
 * they are right in whichever corpus and revision it is said.
 */
final class NormalPassages {
  /** Chars of all that is kept, of one or two bytes: some 5 000 chunks. */
  private static final long MOST_CHARS = 16 << 20;

  private final Cache<Source, NormalPassage> kept =
      CacheBuilder.newBuilder()
          .maximumWeight(MOST_CHARS)
          .weigher((Source source, NormalPassage made) -> source.length() + made.length())
          .build();

  /** All of a chunk that makes a difference; one text may be Markdown here and plain there. */
  private record Source(String text, String read, List<String> headingPath, List<String> leadIns) {
    int length() {
      return text.length() + (read.equals(text) ? 0 : read.length());
    }
  }

  /** A chunk with its headings, which make one more sentence, and what announces it. */
  NormalPassage of(Chunk chunk) {
    Source source = new Source(chunk.text(), read(chunk), chunk.headingPath(), leadIns(chunk));
    NormalPassage passage = kept.getIfPresent(source);
    if (passage == null) {
      passage = make(chunk);
      kept.put(source, passage);
    }
    return passage;
  }

  private static String read(Chunk chunk) {
    Reading reading = chunk.reading();
    return reading == null ? "" : reading.text();
  }

  /** The same, made anew. */
  static NormalPassage make(Chunk chunk) {
    Reading reading = Readings.of(chunk);
    Stream<String> above =
        Stream.concat(Stream.of(String.join(" ", chunk.headingPath())), leadIns(chunk).stream());
    return NormalPassage.of(
        new PassageText(
            SearchText.of(chunk, reading.text()),
            Stream.concat(above, Sentences.texts(reading).stream()).toList()));
  }

  private static List<String> leadIns(Chunk chunk) {
    return chunk.leadIns().stream().map(LeadIn::text).toList();
  }
}
