package dev.ragline.server.answers;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.v1.AnswerEvent;
import org.jspecify.annotations.Nullable;

/** One reading of an answer's events, for one thread; closed when it is over. */
public final class AnswerReader implements AutoCloseable {
  private final AnswerLog log;

  /** The sequence of the next event to take; guarded by the log. */
  long next;

  AnswerReader(AnswerLog log, long next) {
    this.log = log;
    this.next = next;
  }

  /**
   * Waits for the next event.
   *
   * @return null behind the last
   * @throws RagException what the answer ended with; NOT_FOUND when this reader was so slow that
   *     its next event is gone; CANCELLED or DEADLINE_EXCEEDED when it should wait no more
   */
  public @Nullable AnswerEvent next(Call call) {
    try {
      return log.take(this, call);
    } catch (RagException e) {
      close();
      RagException writers = log.writersFailure();
      // Both had the same deadline, but only the writer knows in which stage it passed.
      boolean knowsMore =
          isGivenUp(e) && writers != null && writers.code() == ErrorCode.DEADLINE_EXCEEDED;
      throw knowsMore ? writers : e;
    }
  }

  private static boolean isGivenUp(RagException e) {
    return e.code() == ErrorCode.CANCELLED || e.code() == ErrorCode.DEADLINE_EXCEEDED;
  }

  /** Ends the reading; an answer at its reader's pace is stopped with it. */
  @Override
  public void close() {
    log.leave(this);
  }
}
