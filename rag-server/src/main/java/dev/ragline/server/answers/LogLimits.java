package dev.ragline.server.answers;

/**
 * Bounds of one answer's log.
 *
 * @param bytes of events held, if there are more than one
 * @param heartbeatNanos after how much silence a stream says that it is still there
 */
record LogLimits(long bytes, long heartbeatNanos) {
  static final LogLimits NONE = new LogLimits(Long.MAX_VALUE, Long.MAX_VALUE);
}
