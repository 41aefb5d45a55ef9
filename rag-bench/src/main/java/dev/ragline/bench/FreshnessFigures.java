package dev.ragline.bench;

import java.util.concurrent.atomic.AtomicInteger;

/** What came of many reads, added by any thread. */
final class FreshnessFigures {
  private final Latencies whole = new Latencies();
  private final Latencies search = new Latencies();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger stale = new AtomicInteger();

  /**
   * Adds a read.
   *
   * @param fresh whether it knew of the write before it
   * @param whole nanoseconds of the call
   * @param search nanoseconds of the server's search in the store
   */
  void add(boolean fresh, long whole, long search) {
    this.whole.addNanos(whole);
    this.search.addNanos(search);
    reads.incrementAndGet();
    if (!fresh) {
      stale.incrementAndGet();
    }
  }

  /** How long the calls took. */
  Latencies whole() {
    return whole;
  }

  /** How long the server searched the store for them. */
  Latencies search() {
    return search;
  }

  int reads() {
    return reads.get();
  }

  /** Reads that did not know of the write before them. */
  int stale() {
    return stale.get();
  }
}
