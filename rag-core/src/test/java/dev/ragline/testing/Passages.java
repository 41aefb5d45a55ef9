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

  /** The quoted text, cut out of the chunk by bytes. */
  public static String quoteOf(Citation citation) {
    byte[] chunk = citation.passage().chunk().text().getBytes(StandardCharsets.UTF_8);
    return slice(chunk, citation.quote().shift(-ORIGIN));
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
