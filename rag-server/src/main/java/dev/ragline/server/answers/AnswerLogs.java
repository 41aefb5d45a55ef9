package dev.ragline.server.answers;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.ragline.answering.AnswerId;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.server.config.AnswersConfig;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerEvent;
import io.grpc.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers of this server: has them written into logs, and finds the logs again, in memory or in
 * the archive. Safe for many threads.
 */
public final class AnswerLogs implements AutoCloseable {
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
  private static final Duration LONGEST_ANSWER = Duration.ofDays(1);

  /** How long it is remembered that an answer is to be stopped, should it be asked for. */
  private static final Duration LATEST_QUESTION = Duration.ofMinutes(1);

  private static final int MOST_STOPPED = 10_000;

  private final AnswersConfig config;
  private final AnswerArchive archive;
  private final InstantSource clock;
  private final LongSupplier nanoClock;
  private final Function<Throwable, RagException> describe;
  private final LogLimits limits;
  private final AnswerMemory memory;
  private final Map<AnswerId, AnswerLog> running = new ConcurrentHashMap<>();
  private final Semaphore continued;

  /** To be stopped: a caller's two calls, to ask and to cancel, may come in any order. */
  private final Cache<AnswerId, Instant> stopped =
      CacheBuilder.newBuilder().expireAfterWrite(LATEST_QUESTION).maximumSize(MOST_STOPPED).build();

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("answers").factory());

  /**
   * @param nanoClock a clock such as {@link System#nanoTime()}, by which silence is measured
   * @param describe what callers may know of a failure
   */
  public AnswerLogs(
      AnswersConfig config,
      AnswerArchive archive,
      InstantSource clock,
      LongSupplier nanoClock,
      Function<Throwable, RagException> describe) {
    this.config = config;
    this.archive = archive;
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.describe = describe;
    this.limits =
        new LogLimits(config.logBytes(), Duration.ofSeconds(config.heartbeatSeconds()).toNanos());
    this.memory = new AnswerMemory(config.memoryBytes());
    this.continued = new Semaphore(config.maxContinued());
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Writes an answer's events; the last is Completed unless it throws. */
  @FunctionalInterface
  public interface Writing {
    void write(Consumer<AnswerEvent> events);
  }

  /** Begins to forget answers when their time is over. */
  public void start() {
    ScheduledFuture<?> _ =
        timer.scheduleWithFixedDelay(
            this::sweep,
            BETWEEN_SWEEPS.toMillis(),
            BETWEEN_SWEEPS.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /**
   * Has an answer written at the pace of its reader, and stopped when that one goes.
   *
   * @throws RagException ALREADY_EXISTS when the name was used before, ABORTED when it was
   *     cancelled
   */
  public AnswerReader ask(AnswerId id, Writing writing) {
    AnswerLog log = open(id, Pace.READER);
    AnswerReader reader = log.read(-1);
    begin(log, writing, Context.current(), () -> {});
    return reader;
  }

  /**
   * Has an answer written whether or not somebody reads it, until a deadline.
   *
   * @throws RagException ALREADY_EXISTS when the name was used before, ABORTED when it was
   *     cancelled, RESOURCE_EXHAUSTED when too many answers go on so
   */
  public AnswerReader askAndContinue(AnswerId id, Call call, Writing writing) {
    if (!continued.tryAcquire()) {
      throw AnswerFailures.tooMany(config.maxContinued());
    }
    AnswerLog log;
    try {
      log = open(id, Pace.LOG);
    } catch (RuntimeException e) {
      continued.release();
      throw e;
    }
    AnswerReader reader = log.read(-1);
    long nanos = call.remaining(LONGEST_ANSWER).toNanos();
    ScheduledFuture<?> late = timer.schedule(log::interruptWriter, nanos, TimeUnit.NANOSECONDS);
    begin(
        log,
        events -> onTime(call, () -> writing.write(events)),
        Context.current().fork(),
        () -> {
          late.cancel(false);
          continued.release();
        });
    return reader;
  }

  /** Has an answer written on this thread, and returns it. */
  public Answer record(AnswerId id, Writing writing) {
    AnswerLog log = open(id, Pace.FREE);
    write(log, writing);
    RagException failure = log.writersFailure();
    if (failure != null) {
      throw failure;
    }
    return log.last().getCompleted().getAnswer();
  }

  private AnswerLog open(AnswerId id, Pace pace) {
    AnswerLog log =
        new AnswerLog(new EventWindow(id), pace, clock.instant(), limits, memory, nanoClock);
    if (running.putIfAbsent(id, log) != null) {
      throw AnswerFailures.taken(id);
    }
    RagException refusal = refusal(id);
    if (refusal != null) {
      running.remove(id, log);
      throw refusal;
    }
    return log;
  }

  /** Why an answer of this name may not begin, or null. */
  private @Nullable RagException refusal(AnswerId id) {
    if (memory.find(id).isPresent() || archive.read(id).isPresent()) {
      return AnswerFailures.taken(id);
    }
    return stopped.getIfPresent(id) == null ? null : AnswerFailures.stopped(id);
  }

  /** An interrupt tells the writer that its time is over, but not why. */
  private static void onTime(Call call, Runnable work) {
    try {
      work.run();
    } catch (RagException e) {
      boolean late = call.remaining(LONGEST_ANSWER).isZero();
      throw e.code() == ErrorCode.CANCELLED && late ? AnswerFailures.late() : e;
    }
  }

  private void begin(AnswerLog log, Writing writing, Context context, Runnable afterwards) {
    Thread writer =
        Thread.ofVirtual()
            .name("answer")
            .unstarted(
                context.wrap(
                    () -> {
                      try {
                        write(log, writing);
                      } finally {
                        afterwards.run();
                      }
                    }));
    log.writtenBy(writer);
    writer.start();
  }

  private void write(AnswerLog log, Writing writing) {
    RagException failure = null;
    try {
      writing.write(log::append);
    } catch (RuntimeException | Error e) {
      failure = describe.apply(e);
    }
    finish(log, failure);
  }

  /** Before a stream ends well its answer is on disk, where there is one. */
  private void finish(AnswerLog log, @Nullable RagException failure) {
    boolean fits = log.heldBytes() <= limits.bytes();
    Instant now = clock.instant();
    if (fits && failure == null && !log.isForgotten()) {
      archive.write(log.id(), log.held(now));
    }
    log.end(failure);
    if (fits && !log.isForgotten()) {
      memory.keep(log, now);
    } else {
      memory.release(log.heldBytes());
    }
    running.remove(log.id(), log);
  }

  /**
   * Reads an answer behind an event.
   *
   * @param after the last sequence that the reader has; -1 for none
   * @param since the answer's corpus is there since then; an older answer was another one's
   * @throws RagException NOT_FOUND when the answer or those events are not here
   */
  public AnswerReader resume(AnswerId id, long after, Instant since) {
    return find(id, since).read(after);
  }

  /**
   * A finished answer; the parameters are those of {@link #resume}.
   *
   * @throws RagException FAILED_PRECONDITION while it is written; what it ended with when it failed
   */
  public Answer get(AnswerId id, Instant since) {
    return find(id, since).last().getCompleted().getAnswer();
  }

  /**
   * Stops an answer where it is still written; one that is asked for within the next minute is not
   * even begun.
   *
   * @throws RagException NOT_FOUND when it is not here, or not yet
   */
  public void cancel(AnswerId id) {
    // First of all, so that either this finds the answer or the answer finds this.
    stopped.put(id, clock.instant());
    find(id, Instant.MIN).stop();
  }

  private AnswerLog find(AnswerId id, Instant since) {
    return Optional.ofNullable(running.get(id))
        .or(() -> memory.find(id))
        .or(() -> archive.read(id).map(kept -> AnswerLog.finished(id, kept)))
        .filter(log -> !log.isForgotten() && !log.begun().isBefore(since))
        .orElseThrow(() -> AnswerFailures.notHeld(id));
  }

  /** Forgets a corpus's answers; those being written go on for whoever reads them. */
  public void forget(CorpusId corpus) {
    running.values().stream()
        .filter(log -> log.id().corpus().equals(corpus))
        .forEach(AnswerLog::forget);
    memory.forget(id -> id.corpus().equals(corpus));
    archive.forget(corpus);
  }

  /** Forgets what was kept for long enough. */
  void sweep() {
    memory.forgetBefore(clock.instant().minusSeconds(config.memorySeconds()));
    archive.sweep();
  }

  /** Bytes of events in memory. */
  long usedBytes() {
    return memory.usedBytes();
  }

  /** Waits until no answer is being written; returns whether that came in time. */
  public boolean awaitNone(Duration longest) throws InterruptedException {
    Call call = Call.within(longest);
    for (AnswerLog log : running.values()) {
      if (!log.awaitEnd(call.remaining(longest))) {
        return false;
      }
    }
    return true;
  }

  /** Stops all answers. */
  @Override
  public void close() {
    running.values().forEach(AnswerLog::stop);
    timer.shutdownNow();
  }
}
