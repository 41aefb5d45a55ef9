package dev.ragline.retrieval;

import java.time.Duration;

/**
 * How long the reranker takes for a passage, as measured on this machine under its load of now.
 * Safe for many threads.
 */
final class PassageCost {
  /** Before anything was measured; a model of six layers takes a quarter of that. */
  private static final double ASSUMED_NANOS = 50e6;

  /** How much the newest measurement says of the next. */
  private static final double NEWEST = 0.3;

  /** After none was tried the next may cost less, so that a moment of load is forgotten. */
  private static final double FORGOTTEN = 0.9;

  private double nanos = ASSUMED_NANOS;
  private boolean measured;

  /** Passages that can be read in a time. */
  synchronized int fitting(Duration time) {
    return (int) Math.min(Integer.MAX_VALUE, time.toNanos() / nanos);
  }

  /** So many were read in a time. */
  synchronized void took(int passages, Duration time) {
    double now = Math.max(1, (double) time.toNanos() / passages);
    nanos = measured ? NEWEST * now + (1 - NEWEST) * nanos : now;
    measured = true;
  }

  /** What should have fitted did not. */
  synchronized void tookLonger() {
    nanos *= 2;
  }

  /** Nothing was read, as nothing seemed to fit. */
  synchronized void tookNone() {
    nanos *= FORGOTTEN;
  }
}
