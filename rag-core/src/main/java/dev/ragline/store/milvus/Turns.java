package dev.ragline.store.milvus;

import com.google.common.util.concurrent.Striped;
import dev.ragline.call.Call;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.function.Supplier;

/**
 * Keeps calls apart that the server does not. Milvus Lite opens its log with the first change after
 * each flush and does not guard that: of two changes at that moment one may never reach the log, so
 * that a crash loses it although it was acknowledged. And while it flushes, reads miss what is
 * being flushed.
 */
final class Turns {
  /** For all stores of this process: tests, and copies, have several on one server. */
  private static final Striped<ReadWriteLock> LOCKS = Striped.readWriteLock(256);

  private final String server;
  private volatile boolean needed;

  /** Calls of a server; they go as they come. */
  Turns(String server) {
    this.server = server;
  }

  /** From now on they are kept apart. */
  void require() {
    needed = true;
  }

  /** What a call does to its collection. */
  enum Kind {
    READ,
    CHANGE
  }

  /** Makes a call when it is its turn. */
  <T> T take(Kind kind, String collection, Call call, Supplier<T> request) {
    if (!needed) {
      return request.get();
    }
    ReadWriteLock both = LOCKS.get(server + "/" + collection);
    Lock lock = kind == Kind.READ ? both.readLock() : both.writeLock();
    Locks.lock(lock, call);
    try {
      return request.get();
    } finally {
      lock.unlock();
    }
  }
}
