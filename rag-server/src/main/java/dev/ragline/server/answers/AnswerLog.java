package dev.ragline.server.answers;

import dev.ragline.answering.AnswerId;
import dev.ragline.call.Call;
import dev.ragline.document.RagException;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of one answer: numbered, named and kept here as bytes, so that all readers get the
 * same. One thread writes, any number read. Only the last events are kept, within a bound; the
 * writer waits where the slowest reader has not had the events that would have to go, or is too far
 * behind. When the last reader leaves, the lease begins; when that is over, the writer is stopped.
 *
 * <p>The lock is held for moments: never while an event is sent, a file is written or a thread is
 * interrupted.
 */
public final class AnswerLog {
  /** Room may come from other answers, which do not wake this one. */
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long LONGEST_WAIT_NANOS = TimeUnit.DAYS.toNanos(1);

  private final Terms terms;
  private final Instant begun;
  private final LongSupplier nanoClock;
  private final long heartbeatNanos;
  private final Monitor monitor = new Monitor();
  private final EventWindow window;
  private final Retention retention;
  private final Writing writing;
  private final Readers readers;
  private long lastNanos;
  private boolean forgotten;

  /**
   * @param begun when the question was taken up
   * @param nanoClock by which silence and the lease are measured
   */
  AnswerLog(
      EventWindow window,
      Writing writing,
      Terms terms,
      Instant begun,
      LogLimits limits,
      AnswerMemory memory,
      LongSupplier nanoClock) {
    this.window = window;
    this.retention = new Retention(window, limits, memory);
    this.writing = writing;
    this.terms = terms;
    this.begun = begun;
    this.heartbeatNanos = limits.heartbeatNanos();
    this.nanoClock = nanoClock;
    this.readers = new Readers(nanoClock.getAsLong());
  }

  /** A log that was finished before; {@link #begun} is when it was. */
  static AnswerLog finished(AnswerId id, AnswerArchive.Kept kept) {
    AnswerLog log =
        new AnswerLog(
            new EventWindow(id, kept.first(), kept.events()),
            new Writing(id, Call.UNLIMITED, null),
            Terms.CANCEL,
            kept.finished(),
            LogLimits.NONE,
            new AnswerMemory(Long.MAX_VALUE),
            () -> 0);
    log.seal(null);
    log.end();
    return log;
  }

  AnswerId id() {
    return window.id();
  }

  /** When the question was taken up. */
  Instant begun() {
    return begun;
  }

  /**
   * Adds an event, sends it to those who are ready, and returns once the slowest reader is near
   * enough.
   *
   * @throws RagException CANCELLED when nobody wants the rest any more
   */
  public void append(AnswerEvent event) {
    try {
      monitor.once(
          () -> !writing.isWanted() || retention.offer(event, readers.unread()),
          POLL_NANOS,
          () -> {
            writing.requireWanted();
            lastNanos = nanoClock.getAsLong();
          });
      pump();
      monitor.once(
          () -> !writing.isWanted() || window.bytesFrom(readers.slowest()) <= terms.aheadBytes(),
          LONGEST_WAIT_NANOS,
          writing::requireWanted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AnswerFailures.cancelled();
    }
  }

  /** Sends to each reader what it can take. */
  private void pump() {
    readers.all().forEach(AnswerSubscription::pump);
  }

  /**
   * Has somebody read behind an event.
   *
   * @param after the last sequence that the reader has; -1 for none
   * @throws RagException NOT_FOUND when events behind it are gone, INVALID_ARGUMENT beyond the
   *     last; what {@link AnswerSubscriber#onSubscribe} throws
   */
  void subscribe(long after, AnswerSubscriber subscriber) {
    AnswerSubscription reader = new AnswerSubscription(this, subscriber, after + 1);
    subscriber.onSubscribe(reader);
    monitor.locking(
        () -> {
          requireHeld(after);
          attach(reader);
        });
    reader.pump();
  }

  private void requireHeld(long after) {
    if (after >= window.end()) {
      throw RagException.invalid(
          "after_sequence", "is beyond the last event, " + (window.end() - 1));
    }
    if (after + 1 < window.first()) {
      throw AnswerFailures.notHeld(id());
    }
  }

  /** Has somebody wait for the end who does not read: the answer needs no other reader. */
  void hold() {
    AnswerSubscription holder =
        new AnswerSubscription(this, AnswerSubscriber.NONE, AnswerSubscription.BEHIND_ALL);
    monitor.locking(() -> attach(holder));
  }

  private void attach(AnswerSubscription reader) {
    RagException gone = reader.cancelled();
    if (gone != null) {
      throw gone; // and nobody would let it go again
    }
    if (!writing.hasEnded()) {
      readers.add(reader);
    }
  }

  /** What there is for a reader; an event only if it is ready for one. */
  Taken take(AnswerSubscription reader, boolean ready) {
    return monitor.locked(
        () -> {
          if (reader.next < window.end()) {
            if (!ready) {
              return new Taken.Nothing();
            }
            monitor.signal();
            return new Taken.Event(window.get(reader.next++));
          }
          return writing.hasEnded() ? new Taken.End(writing.problem()) : new Taken.Nothing();
        });
  }

  /** Lets a reader go; without a lease, the last takes the answer along. */
  void leave(AnswerSubscription reader) {
    boolean last =
        monitor.locked(
            () -> {
              boolean none = readers.removeLast(reader, nanoClock.getAsLong());
              monitor.signal();
              return none && terms.isOver(0);
            });
    if (last) {
      stop();
    }
  }

  /**
   * Looks at the clock. When those who have had everything waited for long, they get a heartbeat,
   * numbered like any other event; when nobody has read for as long as the lease is, the writer is
   * stopped.
   */
  void tick() {
    boolean over =
        monitor.locked(
            () -> {
              long now = nanoClock.getAsLong();
              if (isHeartbeatDue(now)) {
                retention.add(window.heartbeat(now - lastNanos));
                lastNanos = now;
              }
              return readers.isEmpty() && terms.isOver(readers.nanosWithout(now));
            });
    if (over) {
      stop();
    } else {
      pump();
    }
  }

  /** Started comes first, and Completed last. */
  private boolean isHeartbeatDue(long now) {
    return writing.isOpen()
        && window.end() > 0
        && !window.isComplete()
        && now - lastNanos >= heartbeatNanos
        && readers.anyAwaits(window.end());
  }

  /** Has the writer stop, if it still writes. */
  void stop() {
    interrupt(
        monitor.locked(
            () -> {
              monitor.signal();
              return writing.stop();
            }));
  }

  /** Interrupts the writer, which then says why it ends. */
  void interruptWriter() {
    interrupt(monitor.locked(writing::writer));
  }

  private static void interrupt(@Nullable Thread writer) {
    if (writer != null) {
      writer.interrupt();
    }
  }

  /** Is not to be found any more, nor to be kept when it has ended. */
  void forget() {
    monitor.locking(() -> forgotten = true);
  }

  boolean isForgotten() {
    return monitor.locked(() -> forgotten);
  }

  /**
   * Takes no more events; readers do not hear of it before {@link #end}.
   *
   * @param problem what the writer failed with; null when it wrote its last event
   */
  void seal(@Nullable RagException problem) {
    monitor.locking(() -> writing.seal(problem));
  }

  /** Tells readers that this is all. */
  void end() {
    monitor.locking(
        () -> {
          writing.end();
          monitor.signal();
        });
    pump();
  }

  /**
   * The whole answer, from its last event.
   *
   * @throws RagException FAILED_PRECONDITION before the end; what the answer failed with
   */
  public Answer answer() {
    return monitor.locked(
        () -> {
          if (!writing.hasEnded()) {
            throw AnswerFailures.running(id());
          }
          RagException problem = writing.problem();
          if (problem != null) {
            throw problem;
          }
          if (window.isEmpty()) {
            throw AnswerFailures.notHeld(id());
          }
          return window.get(window.end() - 1).getCompleted().getAnswer();
        });
  }

  /** Waits for the end; returns whether it came in time. */
  boolean awaitEnd(Duration longest) throws InterruptedException {
    return monitor.await(writing::hasEnded, longest.toNanos());
  }

  /** Bytes of the events held. */
  long heldBytes() {
    return monitor.locked(window::bytes);
  }

  /** What is held, as of an answer that was finished now. */
  AnswerArchive.Kept held(Instant now) {
    return monitor.locked(() -> new AnswerArchive.Kept(now, window.first(), window.all()));
  }
}
