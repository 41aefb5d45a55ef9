package dev.ragline.server.answers;

import dev.ragline.v1.AnswerEvent;

/**
 * How many of an answer's events are kept: the last ones, within the bounds of the answer and of
 * all answers' memory, and one in any case. Guarded by the answer's lock.
 */
final class Retention {
  /** What numbering may add to an event. */
  private static final int SLACK_BYTES = 16;

  private final EventWindow window;
  private final LogLimits limits;
  private final AnswerMemory memory;

  Retention(EventWindow window, LogLimits limits, AnswerMemory memory) {
    this.window = window;
    this.limits = limits;
    this.memory = memory;
  }

  /**
   * Keeps an event if there is room, or can be made.
   *
   * @param unread the sequence from which on events must stay
   * @return whether it is kept
   */
  boolean offer(AnswerEvent event, long unread) {
    int size = event.getSerializedSize() + SLACK_BYTES;
    while (window.bytes() + size > limits.bytes() || !memory.reserve(size)) {
      if (window.isEmpty()) {
        add(event);
        return true;
      }
      if (window.first() >= unread) {
        return false;
      }
      memory.release(window.dropFirst());
    }
    memory.release(size - window.add(event));
    return true;
  }

  /** Keeps an event, room or not. */
  void add(AnswerEvent event) {
    memory.force(window.add(event));
  }
}
