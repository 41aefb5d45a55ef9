package dev.ragline.server.answers;

/** How far the writing of an answer may be ahead of its reader. */
enum Pace {
  /** By one event; without a reader the answer is stopped. */
  READER,
  /** As far as the log has room; it goes on without a reader. */
  LOG,
  /** Nobody reads while it is written. */
  FREE
}
