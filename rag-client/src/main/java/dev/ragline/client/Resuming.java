package dev.ragline.client;

import java.time.Duration;

/**
 * What a client does about an answer's stream whose connection breaks before its end: it goes on
 * where the stream broke, with the same events, and the server asks no model again.
 *
 * @param patience how long a stream that broke is tried to be gone on with, without an event; zero
 *     lets it fail at once
 * @param askAnew whether a question is asked anew when no server holds the rest of its answer any
 *     more. That gives another answer: its events follow, from another {@code Started} on, and what
 *     was shown of the first one must be taken back. Otherwise {@link AnswerLostException}
 */
public record Resuming(Duration patience, boolean askAnew) {
  /** Goes on for a while, and never gives another answer. */
  public static final Resuming DEFAULT = new Resuming(Duration.ofSeconds(15), false);

  /** Lets a stream that broke fail. */
  public static final Resuming OFF = new Resuming(Duration.ZERO, false);

  public Resuming {
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience is not negative, as " + patience + " is");
    }
  }

  boolean isOn() {
    return !patience.isZero();
  }
}
