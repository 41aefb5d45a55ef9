package dev.ragline.bench;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Durations of many calls, added by any thread. */
final class Latencies {
  private static final int DIGITS = 3;

  private final Histogram nanos = new ConcurrentHistogram(DIGITS);

  void addNanos(long duration) {
    nanos.recordValue(Math.max(0, duration));
  }

  /** The duration that so many percent of the calls do not exceed, in milliseconds. */
  double percentileMillis(double percent) {
    return nanos.getValueAtPercentile(percent) / 1e6;
  }
}
