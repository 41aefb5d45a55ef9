package dev.ragline.server.answers;

import dev.ragline.answering.AnswerId;
import dev.ragline.call.Call;
import dev.ragline.document.RagException;
import dev.ragline.v1.AnswerEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of one answer: numbered, named and kept here as bytes, so that all readers get the
 * same. One thread writes, any number read. Only the last events are kept, within a bound; the
 * writer waits where the reader that came last has not had the events that would have to go.
 *
 * <p>When nobody had anything to read for a while, a reader's waiting puts a heartbeat between the
 * events, numbered like any other.
 */
final class AnswerLog {
  /** Room may come from other answers, which do not wake this one. */
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /** How far an answer that needs no reader is ahead of one that is there. */
  private static final int AHEAD_BYTES = 16 << 10;

  /** What numbering may add to an event. */
  private static final int SLACK_BYTES = 16;

  private final AnswerId id;
  private final Pace pace;
  private final Instant begun;
  private final LogLimits limits;
  private final AnswerMemory memory;
  private final LongSupplier nanoClock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final EventWindow window;
  private final Writing writing;
  private @Nullable AnswerReader primary;
  private long lastNanos;
  private boolean complete;
  private boolean forgotten;

  AnswerLog(
      EventWindow window,
      Pace pace,
      Instant begun,
      LogLimits limits,
      AnswerMemory memory,
      LongSupplier nanoClock) {
    this.window = window;
    this.id = window.id();
    this.writing = new Writing(id);
    this.pace = pace;
    this.begun = begun;
    this.limits = limits;
    this.memory = memory;
    this.nanoClock = nanoClock;
  }

  /** A log that was finished before; {@link #begun} is when it was. */
  static AnswerLog finished(AnswerId id, AnswerArchive.Kept kept) {
    AnswerLog log =
        new AnswerLog(
            new EventWindow(id, kept.first(), kept.events()),
            Pace.FREE,
            kept.finished(),
            LogLimits.NONE,
            new AnswerMemory(Long.MAX_VALUE),
            () -> 0);
    log.end(null);
    return log;
  }

  AnswerId id() {
    return id;
  }

  /** When the question was taken up. */
  Instant begun() {
    return begun;
  }

  /** Adds an event, once there is room and its reader allows it; throws CANCELLED when stopped. */
  void append(AnswerEvent event) {
    lock.lock();
    try {
      int size = event.getSerializedSize() + SLACK_BYTES;
      while (!writing.isStopped() && !makeRoom(size)) {
        await(POLL_NANOS);
      }
      writing.requireWanted();
      complete = event.hasCompleted();
      add(event, size);
      long mine = window.end() - 1;
      while (!writing.isStopped() && !mayGoOn(mine)) {
        await(LONGEST_WAIT.toNanos());
      }
      writing.requireWanted();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AnswerFailures.cancelled();
    } finally {
      lock.unlock();
    }
  }

  private boolean makeRoom(int size) {
    while (true) {
      if (window.bytes() + size <= limits.bytes() && memory.reserve(size)) {
        return true;
      }
      if (window.isEmpty()) {
        memory.force(size);
        return true;
      }
      if (!isTaken(window.first())) {
        return false;
      }
      memory.release(window.dropFirst());
    }
  }

  /** Whether the reader is near enough to the last event. */
  private boolean mayGoOn(long last) {
    AnswerReader reader = primary;
    return switch (pace) {
      case FREE -> true;
      case LOG -> reader == null || window.bytesFrom(reader.next) <= AHEAD_BYTES;
      case READER -> isTaken(last);
    };
  }

  private boolean isTaken(long sequence) {
    AnswerReader reader = primary;
    return pace == Pace.FREE || (reader != null && reader.next > sequence);
  }

  /** Keeps an event, for which {@code reserved} bytes were taken. */
  private void add(AnswerEvent event, int reserved) {
    memory.force(window.add(event) - reserved);
    lastNanos = nanoClock.getAsLong();
    changed.signalAll();
  }

  /**
   * Begins to read behind an event.
   *
   * @param after the last sequence that the reader has; -1 for none
   * @throws RagException NOT_FOUND when events behind it are gone, INVALID_ARGUMENT beyond the last
   */
  AnswerReader read(long after) {
    return locked(
        () -> {
          if (after >= window.end()) {
            throw RagException.invalid(
                "after_sequence", "is beyond the last event, " + (window.end() - 1));
          }
          if (after + 1 < window.first()) {
            throw AnswerFailures.notHeld(id);
          }
          AnswerReader reader = new AnswerReader(this, after + 1);
          primary = reader;
          changed.signalAll();
          return reader;
        });
  }

  /** The reader's next event, once there is one; null at the end. */
  @Nullable AnswerEvent take(AnswerReader reader, Call call) {
    lock.lock();
    try {
      while (reader.next == window.end() && !writing.hasEnded()) {
        call.check("the next event");
        long quiet = nanosToHeartbeat();
        if (quiet <= 0) {
          add(window.heartbeat(nanoClock.getAsLong() - lastNanos), 0);
        } else {
          await(Math.min(quiet, call.remaining(LONGEST_WAIT).toNanos()));
        }
      }
      if (reader.next < window.first()) {
        throw AnswerFailures.notHeld(id);
      }
      if (reader.next == window.end()) {
        writing.throwIfFailed();
        return null;
      }
      changed.signalAll();
      return window.get(reader.next++);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AnswerFailures.cancelled();
    } finally {
      lock.unlock();
    }
  }

  /** Started comes first, and Completed last. */
  private long nanosToHeartbeat() {
    return window.end() == 0 || complete
        ? Long.MAX_VALUE
        : limits.heartbeatNanos() - (nanoClock.getAsLong() - lastNanos);
  }

  /** The last event, once the answer has ended well; otherwise what it failed with. */
  AnswerEvent last() {
    return locked(
        () -> {
          if (!writing.hasEnded()) {
            throw AnswerFailures.running(id);
          }
          writing.throwIfFailed();
          if (window.isEmpty()) {
            throw AnswerFailures.notHeld(id);
          }
          return window.get(window.end() - 1);
        });
  }

  /** Lets a reader go; an answer at its reader's pace is stopped with it, and has ended then. */
  void leave(AnswerReader reader) {
    boolean last =
        locked(
            () -> {
              boolean mine = primary == reader;
              primary = mine ? null : primary;
              changed.signalAll();
              return mine;
            });
    if (last && pace == Pace.READER) {
      stop();
      awaitEnd();
    }
  }

  /** Names the thread that writes, so that it can be stopped; it may have been already. */
  void writtenBy(Thread thread) {
    locking(() -> writing.by(thread));
  }

  /** Has the writer stop, if it still writes. */
  void stop() {
    locking(
        () -> {
          writing.stop();
          changed.signalAll();
        });
  }

  /** Interrupts the writer, which then says why it ends. */
  void interruptWriter() {
    locking(writing::interrupt);
  }

  /** Is not to be found any more, nor to be kept when it has ended. */
  void forget() {
    locking(() -> forgotten = true);
  }

  boolean isForgotten() {
    return locked(() -> forgotten);
  }

  /**
   * Ends the log.
   *
   * @param problem what the writer failed with; null when it wrote its last event
   */
  void end(@Nullable RagException problem) {
    locking(
        () -> {
          writing.end(problem);
          changed.signalAll();
        });
  }

  /** What the writer itself said when it failed. */
  @Nullable RagException writersFailure() {
    lock.lock();
    try {
      return writing.problem();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the end, whatever happens to this thread meanwhile. */
  private void awaitEnd() {
    lock.lock();
    try {
      while (!writing.hasEnded()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the end; returns whether it came in time. */
  boolean awaitEnd(Duration longest) throws InterruptedException {
    long left = longest.toNanos();
    lock.lock();
    try {
      while (!writing.hasEnded() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return writing.hasEnded();
    } finally {
      lock.unlock();
    }
  }

  /** Bytes of the events held. */
  long heldBytes() {
    return locked(window::bytes);
  }

  /** What is held, as of an answer that was finished now. */
  AnswerArchive.Kept held(Instant now) {
    return locked(() -> new AnswerArchive.Kept(now, window.first(), window.all()));
  }

  private void locking(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("WaitNotInLoop") // the callers loop
  private void await(long nanos) throws InterruptedException {
    var _ = changed.awaitNanos(nanos);
  }
}
