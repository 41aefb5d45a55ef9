package dev.ragline.server.answers;

/** How far the writing of an answer may be ahead of its reader. */
enum Pace {
  /** By one event; without a reader the answer is stopped. */
  READER,
  /** By little; without a reader it goes on as far as the log has room. */
  LOG,
  /** Nobody reads while it is written. */
  FREE
}
