package dev.ragline.server.answers;

import dev.ragline.answering.AnswerId;
import dev.ragline.document.RagException;
import org.jspecify.annotations.Nullable;

/**
 * Who writes an answer, whether it is still wanted, and how it ended. Guarded by its log's lock.
 */
final class Writing {
  private final AnswerId id;
  private @Nullable Thread writer;
  private boolean stopped;
  private boolean ended;
  private @Nullable RagException problem;

  Writing(AnswerId id) {
    this.id = id;
  }

  /** Names the thread that writes, so that it can be interrupted; it may have been stopped. */
  void by(Thread thread) {
    writer = thread;
    if (stopped) {
      interrupt();
    }
  }

  /** Has the writer stop, if it still writes. */
  void stop() {
    if (!ended && !stopped) {
      stopped = true;
      interrupt();
    }
  }

  /** Interrupts the writer, which then says why it ends. */
  void interrupt() {
    if (!ended && writer != null) {
      writer.interrupt();
    }
  }

  /**
   * Ends it.
   *
   * @param cause what the writer failed with; null when it wrote its last event
   */
  void end(@Nullable RagException cause) {
    ended = true;
    problem = cause;
  }

  boolean isStopped() {
    return stopped;
  }

  boolean hasEnded() {
    return ended;
  }

  /** What the writer itself said when it failed. */
  @Nullable RagException problem() {
    return problem;
  }

  /** Throws CANCELLED when it was stopped. */
  void requireWanted() {
    if (stopped) {
      throw AnswerFailures.cancelled();
    }
  }

  /** Throws what readers get of a writer that failed. */
  void throwIfFailed() {
    if (problem != null) {
      throw stopped ? AnswerFailures.stopped(id) : problem;
    }
  }
}
