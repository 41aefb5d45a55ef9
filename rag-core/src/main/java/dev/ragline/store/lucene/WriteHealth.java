package dev.ragline.store.lucene;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows whether the disk takes writes: it does unless the last ones failed. Then one that changes
 * nothing is tried, so that the store knows by itself when its disk has space again.
 */
final class WriteHealth {
  /** A failure may be of one index only; so many are asked before the disk is blamed. */
  private static final int PROBES = 3;

  private final Set<CorpusIndex> failing = ConcurrentHashMap.newKeySet();
  private volatile boolean lastFailed;

  /** A write to an index failed; returns whether it did not before. */
  boolean failed(CorpusIndex index) {
    lastFailed = true;
    return failing.add(index);
  }

  /** A write to an index succeeded; returns whether the last one did not. */
  boolean succeeded(CorpusIndex index) {
    lastFailed = false;
    return failing.remove(index);
  }

  /** Nobody writes to an index any more. */
  void ended(CorpusIndex index) {
    failing.remove(index);
  }

  /** Whether writes succeed; may try some. */
  boolean isWritable() {
    return !lastFailed
        || failing.isEmpty()
        || failing.stream().limit(PROBES).anyMatch(CorpusIndex::takesWrites);
  }
}
