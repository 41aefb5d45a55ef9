package dev.ragline.client.cli;

import dev.ragline.v1.Consistency;
import java.util.Locale;

/** Which writes a read is sure to see. */
enum Level {
  STRONG,
  SESSION,
  BOUNDED,
  EVENTUAL;

  private static final String PREFIX = "CONSISTENCY_";

  Consistency wire() {
    return Consistency.valueOf(PREFIX + name());
  }

  /** As it is written on the command line. */
  static String describe(Consistency consistency) {
    return consistency.name().replace(PREFIX, "").toLowerCase(Locale.ROOT);
  }
}
