package dev.ragline.call;

import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What goes along with the work on one call: who asks, until when the caller waits, how urgent it
 * is, where its use of models is counted, and what logs call it. Stages hand it down. Every loop
 * over pieces (chunks, windows, candidates, sentences, rows) asks {@link #check} before the next
 * piece, so that work ends soon after its caller has gone.
 *
 * <p>A caller that gives up interrupts the thread that works for it; {@link #check} turns that into
 * CANCELLED.
 *
 * @param corpus the corpus that is worked on; null before it is known. Corpora take turns
 */
public record Call(
    Caller caller,
    Deadline deadline,
    Priority priority,
    @Nullable CorpusId corpus,
    Meter meter,
    TraceId trace) {
  private static final TraceId NO_TRACE = new TraceId("f".repeat(32));

  /** The server's own work, which nobody waits for and nobody counts. */
  public static final Call UNLIMITED =
      new Call(Caller.SERVER, Deadline.NONE, Priority.INTERACTIVE, null, Meter.NONE, NO_TRACE);

  /** The server's own work with a time limit. */
  public static Call within(Duration duration) {
    return UNLIMITED.with(Deadline.after(duration));
  }

  private Call with(Deadline other) {
    return new Call(caller, other, priority, corpus, meter, trace);
  }

  /** The same call, with less time where {@code duration} from now is earlier than its deadline. */
  public Call atMost(Duration duration) {
    return deadline.remaining(duration).compareTo(duration) < 0
        ? this
        : with(Deadline.after(duration));
  }

  /** The same call at another priority. */
  public Call at(Priority other) {
    return new Call(caller, deadline, other, corpus, meter, trace);
  }

  /** The same call, working on a corpus. */
  public Call on(CorpusId other) {
    return new Call(caller, deadline, priority, other, meter, trace);
  }

  /** The same call, whose use of models is counted by {@code other}. */
  public Call countedBy(Meter other) {
    return new Call(caller, deadline, priority, corpus, other, trace);
  }

  /** Whether the deadline ever passes. */
  public boolean isBounded() {
    return deadline.isBounded();
  }

  /** Time left, at least zero; {@code longest} where that is less or there is no deadline. */
  public Duration remaining(Duration longest) {
    return deadline.remaining(longest);
  }

  /**
   * Ends the work when nobody waits for it any more.
   *
   * @param stage what is about to begin, for the message
   * @throws RagException DEADLINE_EXCEEDED, or CANCELLED when the thread is interrupted
   */
  public void check(String stage) {
    deadline.check(stage);
  }
}
