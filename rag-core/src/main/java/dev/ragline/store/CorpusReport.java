package dev.ragline.store;

import dev.ragline.document.CorpusId;
import org.jspecify.annotations.Nullable;

/**
 * What a check found of a corpus.
 *
 * @param fault null for one that is whole
 * @param stats null where what it holds cannot be told
 */
public record CorpusReport(CorpusId id, @Nullable CorpusFault fault, @Nullable CorpusStats stats) {
  /** A corpus as its store lists it. */
  public static CorpusReport of(StoredCorpus corpus) {
    return switch (corpus) {
      case StoredCorpus.Active active -> new CorpusReport(active.id(), null, active.stats());
      case StoredCorpus.Broken broken -> new CorpusReport(broken.id(), broken.fault(), null);
    };
  }

  /** Whether it is whole. */
  public boolean isWhole() {
    return fault == null;
  }
}
