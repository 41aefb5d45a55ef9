package dev.ragline.store.lucene;

import dev.ragline.document.RagException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Gathers the writes that arrive while others are being written, so that they share a commit. One
 * thread at a time writes.
 */
final class WriteQueue {
  /** Writes in a batch at most: a failure has the batch written again one by one. */
  private static final int MAX_BATCH = 64;

  private final Executor threads;
  private final Consumer<List<PendingWrite>> writer;
  private final Queue<PendingWrite> waiting = new ArrayDeque<>();
  private boolean writing;

  /**
   * @param writer gets batches of taken writes, and gives each an outcome
   */
  WriteQueue(Executor threads, Consumer<List<PendingWrite>> writer) {
    this.threads = threads;
    this.writer = writer;
  }

  /** Has a write done in its turn. */
  void add(PendingWrite write) {
    synchronized (waiting) {
      if (!writing) {
        threads.execute(this::drain);
        writing = true;
      }
      waiting.add(write);
    }
  }

  /** Writes a batch, and asks for another turn where there is more. */
  private void drain() {
    for (List<PendingWrite> batch = next(); !batch.isEmpty(); batch = next()) {
      writer.accept(batch);
      if (goesOnLater()) {
        return;
      }
    }
  }

  private boolean goesOnLater() {
    try {
      threads.execute(this::drain);
      return true;
    } catch (RagException e) {
      // The store closes. What waits gets its outcome here.
      return false;
    }
  }

  private List<PendingWrite> next() {
    List<PendingWrite> batch = new ArrayList<>();
    synchronized (waiting) {
      while (!waiting.isEmpty() && batch.size() < MAX_BATCH) {
        PendingWrite write = waiting.remove();
        if (write.take()) {
          batch.add(write);
        }
      }
      writing = !batch.isEmpty();
    }
    return batch;
  }
}
