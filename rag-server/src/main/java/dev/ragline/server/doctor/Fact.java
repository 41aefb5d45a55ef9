package dev.ragline.server.doctor;

import java.util.Locale;

/** What can be known of a thing, beside where it is and how fast. */
public enum Fact {
  /** What it calls itself. */
  MODEL,
  /** How it is spoken to. */
  API,
  /** Tokens that it reads at once; a number. */
  WINDOW,
  /** Components of a vector; a number. */
  DIMENSION,
  /** How a vector is made of the outputs for tokens. */
  POOLING,
  /** What stands before a question and before a passage. */
  PREFIXES;

  /** Its name in JSON. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
