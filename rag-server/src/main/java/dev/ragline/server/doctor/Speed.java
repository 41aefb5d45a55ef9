package dev.ragline.server.doctor;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long an answer took.
 *
 * @param first until its first text; null for what comes in one piece
 * @param whole until its end
 */
public record Speed(@Nullable Duration first, Duration whole) {
  /** Since a time of {@link System#nanoTime}. */
  static Speed since(long nanoTime) {
    return new Speed(null, Duration.ofNanos(System.nanoTime() - nanoTime));
  }

  /** Milliseconds: {@code 12}, or {@code 80 / 340} with the time to the first text. */
  @Override
  public String toString() {
    String all = String.valueOf(whole.toMillis());
    return first == null ? all : first.toMillis() + " / " + all;
  }
}
