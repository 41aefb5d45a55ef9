package dev.ragline.client.cli;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Points in time, for people. */
final class Timestamps {
  private Timestamps() {}

  /** The time in UTC, to the second; {@code -} where it is not known. */
  static String format(Timestamp time) {
    return time.equals(Timestamp.getDefaultInstance())
        ? "-"
        : Instant.ofEpochSecond(time.getSeconds()).toString();
  }
}
