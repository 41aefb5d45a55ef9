package dev.ragline.testing;

import dev.ragline.corpus.Corpora;
import dev.ragline.document.Chunking;
import dev.ragline.document.Consistency;
import dev.ragline.document.CorpusId;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.Metric;
import dev.ragline.embedding.Embedder;
import dev.ragline.store.ChunkStore;
import java.time.InstantSource;

/** Corpora of which a test asks nothing special. */
public final class TestCorpora {
  private TestCorpora() {}

  /** Creates a corpus with the usual settings. */
  public static void create(ChunkStore store, Embedder embedder, CorpusId id) {
    create(store, embedder, id, Chunking.DEFAULT);
  }

  /** The same, cut in another way. */
  public static void create(ChunkStore store, Embedder embedder, CorpusId id, Chunking chunking) {
    var _ =
        new Corpora(store, embedder, InstantSource.system())
            .create(id, "", Metric.IP, chunking, Consistency.SESSION, null, MetadataSchema.EMPTY);
  }
}
