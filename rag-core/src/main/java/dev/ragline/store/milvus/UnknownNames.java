package dev.ragline.store.milvus;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells names that Milvus has lost from those that nobody ever gave. A name without an alias is
 * rarely a corpus's, and whoever asks for many such names must not have the registry read each
 * time: what it said last is remembered for a while.
 */
final class UnknownNames {
  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable Names known;

  private record Names(Set<String> live, long nanoTime) {
    boolean isFresh() {
      return System.nanoTime() - nanoTime < REMEMBERED.toNanos();
    }
  }

  /**
   * Whether there was a corpus of this id, some seconds ago at most.
   *
   * @param registry reads the ids of all corpora
   */
  boolean isKnown(Function<Call, Set<String>> registry, CorpusId id, Call call) {
    return names(registry, call).live.contains(id.value());
  }

  private Names names(Function<Call, Set<String>> registry, Call call) {
    Names now = known;
    if (now != null && now.isFresh()) {
      return now;
    }
    Locks.lock(reading, call);
    try {
      now = known;
      if (now == null || !now.isFresh()) {
        now = new Names(registry.apply(call), System.nanoTime());
        known = now;
      }
      return now;
    } finally {
      reading.unlock();
    }
  }
}
