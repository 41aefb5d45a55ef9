package dev.ragline.bench;

import dev.ragline.document.ChunkId;
import dev.ragline.document.Metadata;
import dev.ragline.document.MetadataField;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.MetadataType;
import dev.ragline.document.MetadataValue;
import dev.ragline.store.DocumentRevision;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Any number of chunks in documents of some hundred, with {@link SyntheticEmbeddings}; questions
 * near some of them; and filters that let a part of the documents pass.
 */
final class ScaleSet {
  static final MetadataSchema SCHEMA =
      MetadataSchema.of(
          List.of(
              new MetadataField("hundredth", MetadataType.INT),
              new MetadataField("thousandth", MetadataType.INT)));

  private final int chunks;
  private final int perDocument;
  private final SyntheticEmbeddings embeddings;
  private final float[][] questions;

  ScaleSet(long seed, int chunks, int perDocument, int dimension, int questions) {
    this.chunks = chunks;
    this.perDocument = perDocument;
    this.embeddings = new SyntheticEmbeddings(seed, dimension, perDocument);
    this.questions = new float[questions][];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < questions; i++) {
      this.questions[i] = embeddings.question(i, random.nextInt(chunks));
    }
  }

  /** Which documents a question is about. */
  enum Part {
    ALL(1, ""),
    HUNDREDTH(100, "metadata.hundredth == 7"),
    THOUSANDTH(1000, "metadata.thousandth == 7");

    private static final int REST = 7;

    private final int of;
    private final String filter;

    Part(int of, String filter) {
      this.of = of;
      this.filter = filter;
    }

    /** One of so many documents. */
    int of() {
      return of;
    }

    /** As CEL. */
    String filter() {
      return filter;
    }

    /** Whether a document is in it. */
    boolean has(long document) {
      return of == 1 || document % of == REST;
    }
  }

  int chunks() {
    return chunks;
  }

  int documents() {
    return (chunks + perDocument - 1) / perDocument;
  }

  float[][] questions() {
    return questions;
  }

  float[] vector(int chunk) {
    return embeddings.chunk(chunk);
  }

  int documentOf(int chunk) {
    return chunk / perDocument;
  }

  ChunkId id(int chunk) {
    return new ChunkId(SyntheticDocuments.id(documentOf(chunk)), chunk % perDocument);
  }

  /** The n-th document. */
  DocumentRevision document(int n) {
    long from = (long) n * perDocument;
    Metadata metadata =
        Metadata.of(
            Map.of(
                "hundredth", new MetadataValue.Whole(n % Part.HUNDREDTH.of()),
                "thousandth", new MetadataValue.Whole(n % Part.THOUSANDTH.of())));
    long to = Math.min(chunks, from + perDocument);
    return SyntheticDocuments.document(n, from, to, embeddings::chunk, metadata);
  }

  /** Bytes of the vectors as floats, and of the chunks' texts as UTF-8. */
  long rawBytes() {
    long bytes = 0;
    for (int i = 0; i < chunks; i++) {
      // All of it is ASCII.
      bytes += SyntheticDocuments.text(i).length();
    }
    return bytes + (long) chunks * questions[0].length * Float.BYTES;
  }
}
