package dev.ragline.store.lucene;

import java.io.IOException;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds how many indexes are open. Those that open at the same time may exceed the bound by as
 * many as there are threads for files.
 */
final class OpenIndexes {
  private static final Logger log = LoggerFactory.getLogger(OpenIndexes.class);

  private final int most;
  private final Set<CorpusIndex> open = ConcurrentHashMap.newKeySet();

  OpenIndexes(int most) {
    this.most = most;
  }

  /** An index is open now. */
  void opened(CorpusIndex index) {
    open.add(index);
  }

  /** An index is closed now. */
  void closed(CorpusIndex index) {
    open.remove(index);
  }

  int count() {
    return open.size();
  }

  /**
   * Closes those that were used least recently until there is room for another. Whoever asks must
   * hold no lock of an index.
   */
  void makeRoom() {
    while (open.size() >= most && closeOne()) {}
  }

  /** Returns whether one was closed; those that are written are passed over. */
  private boolean closeOne() {
    // Uses go on meanwhile; sorting wants one answer for each.
    return open.stream()
        .map(index -> new Idle(index, index.idleNanos()))
        .sorted(Comparator.comparingLong(Idle::nanos).reversed())
        .anyMatch(idle -> close(idle.index));
  }

  private record Idle(CorpusIndex index, long nanos) {}

  private static boolean close(CorpusIndex index) {
    try {
      return index.closeIfFree();
    } catch (IOException | RuntimeException e) {
      log.warn("an index was not closed well", e);
      return true;
    }
  }
}
