package dev.ragline.bench;

import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Chunking;
import dev.ragline.document.Consistency;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.Language;
import dev.ragline.document.MediaType;
import dev.ragline.document.Metadata;
import dev.ragline.document.Metric;
import dev.ragline.document.Sha256;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.EmbeddedChunk;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Documents of some words, whose chunks have given vectors. */
final class SyntheticDocuments {
  private static final int WORDS = 40;

  private SyntheticDocuments() {}

  /** An empty corpus for them. */
  static Corpus corpus(CorpusId id, int dimension) {
    return new Corpus(
        id,
        "",
        new EmbeddingModel("bench", "bench", dimension, 256),
        Metric.IP,
        Chunking.DEFAULT,
        Consistency.SESSION,
        Language.ENGLISH,
        Instant.now(),
        "etag");
  }

  /**
   * The n-th document.
   *
   * @param from the number, over all documents, of its first chunk
   * @param to one past that of its last
   * @param vectors by number
   */
  static DocumentRevision document(
      long n, long from, long to, LongFunction<float[]> vectors, Metadata metadata) {
    DocumentId id = id(n);
    List<String> texts = LongStream.range(from, to).mapToObj(SyntheticDocuments::text).toList();
    byte[] content = String.join("\n", texts).getBytes(StandardCharsets.UTF_8);
    Sha256 revision = Sha256.of(content);
    List<EmbeddedChunk> chunks = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      ByteRange range = new ByteRange(start, start + text.length());
      Chunk chunk = new Chunk(new ChunkId(id, i), revision, text, range, List.of("Heading " + n));
      ChunkVectors vector = ChunkVectors.of(vectors.apply(from + i));
      chunks.add(new EmbeddedChunk(chunk, Sha256.of(text), vector));
      start = range.end() + 1;
    }
    Document document =
        new Document(
            id,
            "Document " + n,
            "",
            MediaType.PLAIN_TEXT,
            Language.ENGLISH,
            content.length,
            revision,
            chunks.size(),
            Instant.EPOCH,
            "etag",
            metadata);
    return new DocumentRevision(document, content, chunks);
  }

  static DocumentId id(long n) {
    return new DocumentId("document-" + n);
  }

  /** Some words, which come more and less often as those of a language do. */
  static String text(long n) {
    SplittableRandom random = new SplittableRandom(n);
    StringBuilder text = new StringBuilder("chunk" + n);
    for (int i = 0; i < WORDS; i++) {
      text.append(" word").append((int) (10_000 * Math.pow(random.nextDouble(), 3)));
    }
    return text.toString();
  }
}
