package dev.ragline.server.answers;

import dev.ragline.answering.AnswerId;
import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who writes an answer, whether it is still wanted, and how it ended. Guarded by its log's lock.
 */
final class Writing {
  private static final Duration ANY = Duration.ofDays(1);

  private final AnswerId id;
  private final Call call;
  private final @Nullable Thread writer;
  private State state = State.OPEN;

  /** Whether the writer was told to stop, and whether that is because nobody wants the rest. */
  private boolean told;

  private boolean stopped;
  private @Nullable RagException problem;

  private enum State {
    /** Events come. */
    OPEN,
    /** The last has come, and the answer is being put away. */
    WRITTEN,
    /** Readers may know that it has ended. */
    ENDED
  }

  /**
   * @param call what is worked for: its deadline is the answer's
   * @param writer the thread to interrupt when the answer is stopped; null when others do that
   */
  Writing(AnswerId id, Call call, @Nullable Thread writer) {
    this.id = id;
    this.call = call;
    this.writer = writer;
  }

  /** Whether events may come. */
  boolean isOpen() {
    return state == State.OPEN;
  }

  boolean hasEnded() {
    return state == State.ENDED;
  }

  /** Whether somebody still wants the rest. */
  boolean isWanted() {
    return isOpen() && !stopped;
  }

  /**
   * Notes that nobody wants the rest; one that is late anyway ends as that.
   *
   * @return the thread that is to be interrupted, the first time
   */
  @Nullable Thread stop() {
    if (!isOpen() || told) {
      return null;
    }
    told = true;
    stopped = !isLate();
    return writer;
  }

  /** The thread that writes, while it does. */
  @Nullable Thread writer() {
    return isOpen() ? writer : null;
  }

  private boolean isLate() {
    return call.isBounded() && call.remaining(ANY).isZero();
  }

  /**
   * Takes no more events.
   *
   * @param cause what the writer failed with; null when it wrote its last event
   */
  void seal(@Nullable RagException cause) {
    state = State.WRITTEN;
    // An interrupt tells the writer that its time is over, but not why.
    boolean late = cause != null && cause.code() == ErrorCode.CANCELLED && isLate();
    problem = late ? AnswerFailures.late() : cause;
  }

  void end() {
    state = State.ENDED;
  }

  /** Throws CANCELLED when nobody wants the rest. */
  void requireWanted() {
    if (!isWanted()) {
      throw AnswerFailures.cancelled();
    }
  }

  /** What readers get of a writer that failed; null when it did not. */
  @Nullable RagException problem() {
    return problem != null && stopped ? AnswerFailures.stopped(id) : problem;
  }
}
