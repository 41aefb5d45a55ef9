package dev.ragline.ingest;

import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.Sha256;
import dev.ragline.execution.Timer;
import dev.ragline.store.ChunkVectors;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Vectors of large documents that were not written, in the spools that they came to. */
final class UnfinishedSpools {
  /** Documents whose vectors are kept; the texts' digests of each are in memory. */
  private static final int MOST = 2;

  private final Timer timer;
  private final Duration time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Kept> kept = new LinkedHashMap<>();

  /** A model's vectors of a content. */
  private record Key(String model, Sha256 revision) {}

  private record Kept(ChunkTexts texts, SpooledVectors vectors, long until) {}

  /**
   * @param time for how long they are kept
   */
  UnfinishedSpools(Timer timer, Duration time) {
    this.timer = timer;
    this.time = time;
  }

  /** Keeps what there is of a document, and closes it when its time is over. */
  void keep(EmbeddingModel model, Sha256 revision, ChunkTexts texts, SpooledVectors vectors) {
    long until = System.nanoTime() + time.toNanos();
    lock.lock();
    try {
      close(kept.remove(new Key(model.fingerprint(), revision)));
      kept.put(new Key(model.fingerprint(), revision), new Kept(texts, vectors, until));
      if (kept.size() > MOST) {
        close(kept.remove(kept.keySet().iterator().next()));
      }
    } finally {
      lock.unlock();
    }
    Timer.Scheduled _ = timer.after("unfinished-vectors", time, this::expire);
  }

  private void expire() {
    lock.lock();
    try {
      kept.values()
          .removeIf(
              document -> {
                boolean over = document.until() - System.nanoTime() <= 0;
                if (over) {
                  document.vectors().close();
                }
                return over;
              });
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of a document that was written. */
  void forget(EmbeddingModel model, Sha256 revision) {
    lock.lock();
    try {
      close(kept.remove(new Key(model.fingerprint(), revision)));
    } finally {
      lock.unlock();
    }
  }

  private static void close(@Nullable Kept document) {
    if (document != null) {
      document.vectors().close();
    }
  }

  @Nullable ChunkVectors find(EmbeddingModel model, Sha256 text) {
    lock.lock();
    try {
      for (Map.Entry<Key, Kept> document : kept.entrySet()) {
        Kept there = document.getValue();
        if (document.getKey().model().equals(model.fingerprint())) {
          int number = there.texts().find(text);
          if (number >= 0 && number < there.vectors().size()) {
            return there.vectors().get(number);
          }
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }
}
