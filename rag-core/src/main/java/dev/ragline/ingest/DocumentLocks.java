package dev.ragline.ingest;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A lock for each document that somebody writes now, and for no other. */
final class DocumentLocks {
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final ConcurrentMap<Key, Entry> entries = new ConcurrentHashMap<>();

  private record Key(CorpusId corpus, DocumentId document) {}

  /** A lock and how many want it; the count changes within the map's own locks only. */
  private static final class Entry {
    private final ReentrantLock lock = new ReentrantLock();
    private int users;
  }

  /**
   * Does work while nobody else works on the document.
   *
   * @throws RagException DEADLINE_EXCEEDED or CANCELLED while others do
   */
  <T> T locked(CorpusId corpus, DocumentId document, Call call, Supplier<T> work) {
    Key key = new Key(corpus, document);
    Entry entry = enter(key);
    try {
      lock(entry.lock, call);
      try {
        return work.get();
      } finally {
        entry.lock.unlock();
      }
    } finally {
      leave(key);
    }
  }

  private Entry enter(Key key) {
    return entries.compute(
        key,
        (same, there) -> {
          Entry entry = there == null ? new Entry() : there;
          entry.users++;
          return entry;
        });
  }

  private void leave(Key key) {
    var _ = entries.computeIfPresent(key, (same, entry) -> --entry.users == 0 ? null : entry);
  }

  private static void lock(ReentrantLock lock, Call call) {
    try {
      while (!lock.tryLock(call.remaining(LONGEST_WAIT).toNanos(), TimeUnit.NANOSECONDS)) {
        call.check("the document is written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RagException(
          ErrorCode.CANCELLED, "CANCELLED", "cancelled while the document was being written", e);
    }
  }

  /** Documents that somebody writes or waits for. */
  int size() {
    return entries.size();
  }
}
