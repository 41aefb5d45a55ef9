package dev.ragline.store.lucene;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.MergePolicy.MergeAbortedException;
import org.apache.lucene.index.MergeScheduler;
import org.apache.lucene.index.MergeTrigger;

/**
 * Merges the segments of all indexes on the threads of one pool, beside reads and writes. A thread
 * takes a merge when it is free, so that a writer which closes waits for its own merges only; after
 * each, other indexes get their turn.
 */
final class Merges {
  /** A writer with so many turns to come waits: segments must not become more than are merged. */
  private static final int MOST_TURNS = 6;

  private final Executor threads;

  Merges(Executor threads) {
    this.threads = threads;
  }

  /** Merges for one writer. */
  OfIndex of(MergeListener listener) {
    return new OfIndex(listener);
  }

  /** The merges of one index. */
  final class OfIndex extends MergeScheduler {
    private final MergeListener listener;
    private int turns;
    private int running;

    private OfIndex(MergeListener listener) {
      this.listener = listener;
    }

    /** Whether a thread is at it; closing the writer would have its work be for nothing. */
    synchronized boolean isMerging() {
      return running > 0;
    }

    private synchronized void runs(int change) {
      running += change;
    }

    @Override
    public void merge(MergeSource source, MergeTrigger trigger) {
      if (source.hasPendingMerges()) {
        awaitFewTurns();
        begin(source);
      }
    }

    private synchronized void awaitFewTurns() {
      try {
        while (turns >= MOST_TURNS) {
          wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private synchronized void begin(MergeSource source) {
      try {
        threads.execute(() -> turn(source));
        turns++;
      } catch (RejectedExecutionException e) {
        // The process ends; the next one merges.
        notifyAll();
      }
    }

    private void turn(MergeSource source) {
      boolean more = mergeOne(source) && source.hasPendingMerges();
      synchronized (this) {
        turns--;
        notifyAll();
      }
      if (more) {
        begin(source);
      }
    }

    /** Returns whether the writer is still good. */
    private boolean mergeOne(MergeSource source) {
      try {
        MergePolicy.OneMerge merge = source.getNextMerge();
        if (merge != null) {
          runs(1);
          try {
            source.merge(merge);
          } finally {
            runs(-1);
          }
          if (!merge.isAborted()) {
            listener.merged();
          }
        }
        return true;
      } catch (MergeAbortedException e) {
        return false;
      } catch (Exception | Error e) {
        listener.failed(e);
        return false;
      }
    }

    /** The writer has aborted its merges by now. */
    @Override
    public void close() {}
  }
}
