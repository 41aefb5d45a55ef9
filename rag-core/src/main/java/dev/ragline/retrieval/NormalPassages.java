package dev.ragline.retrieval;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.ragline.document.Chunk;
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
          .weigher((Source source, NormalPassage made) -> source.text.length() + made.length())
          .build();

  /** All of a chunk that makes a difference. */
  private record Source(String text, List<String> headingPath) {}

  /** A chunk with its headings, which make one more sentence. */
  NormalPassage of(Chunk chunk) {
    Source source = new Source(chunk.text(), chunk.headingPath());
    NormalPassage passage = kept.getIfPresent(source);
    if (passage == null) {
      passage = make(chunk);
      kept.put(source, passage);
    }
    return passage;
  }

  /** The same, made anew. */
  static NormalPassage make(Chunk chunk) {
    Stream<String> sentences =
        Sentences.in(chunk.text()).stream().map(span -> span.of(chunk.text()));
    String headings = String.join(" ", chunk.headingPath());
    return NormalPassage.of(
        new PassageText(
            SearchText.of(chunk), Stream.concat(Stream.of(headings), sentences).toList()));
  }
}
