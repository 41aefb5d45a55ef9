package dev.ragline.store.milvus;

import dev.ragline.document.Chunking;
import dev.ragline.document.Consistency;
import dev.ragline.document.Corpus;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.Metric;
import java.time.Instant;

/** The end of a corpus whose settings cannot be read: it has some that say nothing. */
final class UnreadableCorpus {
  private static final EmbeddingModel UNKNOWN = new EmbeddingModel("unknown", "unknown", 1, 1);

  private UnreadableCorpus() {}

  static CorpusRow end(String collection, FoundRow found, Head.Stamp stamp) {
    Corpus nothing =
        new Corpus(
            found.id(),
            "",
            UNKNOWN,
            Metric.IP,
            Chunking.DEFAULT,
            Consistency.SESSION,
            null,
            Instant.EPOCH,
            "");
    return new CorpusRow(found.identity(), collection, nothing, true, stamp);
  }
}
