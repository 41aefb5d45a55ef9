package dev.ragline.testing;

import dev.ragline.answering.Citation;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Language;
import dev.ragline.document.MediaType;
import dev.ragline.document.Sha256;
import dev.ragline.retrieval.ExpandedText;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Scores;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Passages made of bare texts, and the bytes that citations of them stand for. */
public final class Passages {
  /** Where each chunk starts in its revision. */
  public static final int ORIGIN = 1000;

  private Passages() {}

  /** One passage a text, ranked in order. */
  public static List<Passage> of(String... texts) {
    List<Passage> passages = new ArrayList<>();
    for (String text : texts) {
      int rank = passages.size() + 1;
      passages.add(of(rank, text, List.of()));
    }
    return passages;
  }

  /** A passage under some headings. */
  public static Passage of(int rank, String text, List<String> headings) {
    return of(rank, text, headings, Language.ENGLISH);
  }

  /** The same in a language. */
  public static Passage of(int rank, String text, List<String> headings, Language language) {
    DocumentId id = new DocumentId("doc-" + rank);
    int size = text.getBytes(StandardCharsets.UTF_8).length;
    Sha256 revision = Sha256.of(text);
    Document document =
        new Document(
            id, "Doc", "", MediaType.MARKDOWN, language, size, revision, 1, Instant.EPOCH, "etag");
    ByteRange range = new ByteRange(ORIGIN, ORIGIN + size);
    Chunk chunk = new Chunk(new ChunkId(id, 0), revision, text, range, headings);
    return new Passage(rank, chunk, document, new Scores(null, null, null, 1.0 / rank));
  }

  /** A passage of the first text's chunk, expanded by the others, a line apart. */
  public static Passage expanded(int rank, List<String> headings, String... texts) {
    Passage first = of(rank, texts[0], headings);
    List<Chunk> chunks = new ArrayList<>();
    long start = ORIGIN;
    for (String text : texts) {
      ByteRange range = new ByteRange(start, start + text.getBytes(StandardCharsets.UTF_8).length);
      ChunkId id = new ChunkId(first.document().id(), chunks.size());
      chunks.add(new Chunk(id, first.chunk().revision(), text, range, headings));
      start = range.end() + 1;
    }
    ByteRange whole = new ByteRange(ORIGIN, chunks.getLast().range().end());
    return new Passage(
        rank,
        first.chunk(),
        first.document(),
        first.scores(),
        List.of(),
        new ExpandedText(String.join("\n", texts), whole, chunks));
  }

  /** The quoted text, cut out of the chunk by bytes. */
  public static String quoteOf(Citation citation) {
    byte[] chunk = citation.chunk().text().getBytes(StandardCharsets.UTF_8);
    return slice(chunk, citation.quote().shift(-citation.chunk().range().start()));
  }

  /** The claim's text, cut out of the answer by bytes. */
  public static String claimOf(Citation citation, String answer) {
    return slice(answer.getBytes(StandardCharsets.UTF_8), citation.claim());
  }

  private static String slice(byte[] bytes, ByteRange range) {
    int start = Math.toIntExact(range.start());
    return new String(bytes, start, Math.toIntExact(range.length()), StandardCharsets.UTF_8);
  }
}
