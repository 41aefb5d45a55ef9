package dev.ragline.store.lucene;

import java.io.IOException;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.MergePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges segments on threads of their own, beside reads and writes. A failed merge closes its
 * writer, which the next write notices; here it is only told.
 */
final class BackgroundMerges extends ConcurrentMergeScheduler {
  private static final Logger log = LoggerFactory.getLogger(BackgroundMerges.class);

  private final Runnable merged;

  /**
   * @param merged runs after each merge
   */
  BackgroundMerges(Runnable merged) {
    this.merged = merged;
  }

  @Override
  protected void doMerge(MergeSource source, MergePolicy.OneMerge merge) throws IOException {
    super.doMerge(source, merge);
    if (!merge.isAborted()) {
      merged.run();
    }
  }

  @Override
  protected void handleMergeException(Throwable failure) {
    log.warn("a merge of index segments failed", failure);
  }
}
