package dev.ragline.ingest;

import dev.ragline.document.Sha256;
import dev.ragline.store.ChunkVectors;
import java.util.Collection;
import java.util.Map;

/** Where vectors may be found that need not be made. */
@FunctionalInterface
interface VectorSource {
  /** Those of the texts that it has, by their digests. */
  Map<Sha256, ChunkVectors> find(Collection<Sha256> texts);
}
