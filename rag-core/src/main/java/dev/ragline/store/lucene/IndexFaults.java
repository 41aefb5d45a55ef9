package dev.ragline.store.lucene;

import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import dev.ragline.store.CorpusFault;
import dev.ragline.store.lucene.StoreThreads.FileWork;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers what is wrong with an index's files once it was met. */
final class IndexFaults {
  private static final Logger log = LoggerFactory.getLogger(IndexFaults.class);

  private final CorpusId id;
  private final Runnable found;
  private volatile @Nullable CorpusFault fault;

  /**
   * @param found runs when a fault is met
   */
  IndexFaults(CorpusId id, Runnable found) {
    this.id = id;
    this.found = found;
  }

  /** What is known to be wrong; null for nothing. */
  @Nullable CorpusFault fault() {
    return fault;
  }

  /**
   * Ends work on an index that is known to be broken.
   *
   * @throws RagException FAILED_PRECONDITION when it is
   */
  void require() {
    CorpusFault known = fault;
    if (known != null) {
      throw known.refusal(id);
    }
  }

  /**
   * Reads the index's files.
   *
   * @throws RagException FAILED_PRECONDITION when they are not what was written
   */
  <T> T reading(FileWork<T> work) throws IOException {
    try {
      return work.run();
    } catch (IOException | IllegalArgumentException e) {
      RagException refusal = find(e);
      if (refusal == null) {
        throw e;
      }
      throw refusal;
    }
  }

  /** Takes a failure to read the files; returns the refusal if it says that they are broken. */
  @Nullable RagException find(Exception failure) {
    CorpusFault met = StoreFailures.fault(failure);
    if (met == null) {
      return null;
    }
    if (fault == null) {
      log.error("corpus {} is not served: {}", id, met.description(), failure);
      fault = met;
    }
    found.run();
    return met.refusal(id);
  }
}
