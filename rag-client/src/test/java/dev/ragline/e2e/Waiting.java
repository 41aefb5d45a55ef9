package dev.ragline.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do. */
final class Waiting {
  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final long PAUSE_NANOS = 50_000_000;

  private Waiting() {}

  /** Waits until something is so; fails where it does not come about. */
  static void until(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(LONGEST);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("waited in vain until " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
