package dev.ragline.answering.grounded;

import dev.ragline.answering.Pace;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Takes the time of a model's text; for one text. */
final class Stopwatch {
  private final LongSupplier nanoClock;
  private final long asked;
  private boolean wrote;
  private long begun;

  /** Starts when the model is asked. */
  Stopwatch(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.asked = nanoClock.getAsLong();
  }

  /** There was text. */
  void text() {
    if (!wrote) {
      wrote = true;
      begun = nanoClock.getAsLong();
    }
  }

  /** What was taken up to now; null if there was no text. */
  @Nullable Pace pace() {
    return !wrote
        ? null
        : new Pace(
            Duration.ofNanos(begun - asked), Duration.ofNanos(nanoClock.getAsLong() - begun));
  }
}
