package dev.ragline.copying;

import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tries again what a store could not do for now, because it was busy or away, or because the corpus
 * changed under a reader.
 */
final class Patience {
  private static final int TRIES = 5;

  private final Pause pause;

  /** How the time between two tries goes by. */
  @FunctionalInterface
  interface Pause {
    /** Waits. */
    void last(Duration time) throws InterruptedException;
  }

  Patience(Pause pause) {
    this.pause = pause;
  }

  /** Does something, {@value #TRIES} times at most. */
  <T> T apply(Supplier<T> work) {
    for (int tries = 1; ; tries++) {
      try {
        return work.get();
      } catch (RagException e) {
        Optional<Duration> retry = retryAfter(e);
        if (tries == TRIES || retry.isEmpty()) {
          throw e;
        }
        rest(retry.get().multipliedBy(1L << (tries - 1)));
      }
    }
  }

  private static Optional<Duration> retryAfter(RagException e) {
    if (e.code() == ErrorCode.ABORTED) {
      return Optional.of(Duration.ZERO);
    }
    return ErrorDetail.Retry.of(e.details());
  }

  private void rest(Duration time) {
    try {
      pause.last(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RagException(
          ErrorCode.CANCELLED, "CANCELLED", "cancelled while the store was busy", e);
    }
  }
}
