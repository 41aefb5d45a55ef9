package dev.ragline.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How much a server that writes as fast as it can has got rid of. */
final class Flood {
  /** More than any socket holds. */
  static final long BYTES = 64L << 20;

  private final AtomicLong written = new AtomicLong();
  private final CountDownLatch over = new CountDownLatch(1);

  /** Notes bytes that went out. */
  boolean wrote(int bytes) {
    if (written.addAndGet(bytes) < BYTES) {
      return true;
    }
    over.countDown();
    return false;
  }

  /** Bytes written, once all are or none went out for a second. */
  String awaitStandstill() throws InterruptedException {
    long before = -1;
    while (before != written.get() || before == 0) {
      before = written.get();
      if (over.await(1, TimeUnit.SECONDS)) {
        break;
      }
    }
    return written.toString();
  }
}
