package dev.ragline.store;

import dev.ragline.document.Chunking;
import dev.ragline.document.Consistency;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.Metric;
import java.time.Instant;

/** Makes corpora. */
public final class Corpora {
  private Corpora() {}

  /** A corpus for the vectors of {@link Revisions}. */
  public static Corpus of(String id) {
    return of(id, Metric.IP, Revisions.DIMENSION);
  }

  /** A corpus for any vectors. */
  public static Corpus of(String id, Metric metric, int dimension) {
    return new Corpus(
        new CorpusId(id),
        "Corpus " + id,
        new EmbeddingModel("test", "0123", dimension, 64),
        metric,
        Chunking.DEFAULT,
        Consistency.SESSION,
        null,
        Instant.parse("2026-01-01T00:00:00.000000001Z"),
        "etag-1");
  }
}
