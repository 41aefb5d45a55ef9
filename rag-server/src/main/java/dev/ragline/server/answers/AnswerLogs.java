package dev.ragline.server.answers;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.ragline.answering.AnswerId;
import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.RagException;
import dev.ragline.execution.Execution;
import dev.ragline.execution.Timer;
import dev.ragline.server.config.AnswersConfig;
import dev.ragline.v1.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers of this server: begins and ends their logs, and finds the logs again, in memory or in
 * the archive. Whoever begins one writes it, on its own thread, and says with {@link #complete} or
 * {@link #fail} that it has ended. Safe for many threads.
 */
public final class AnswerLogs implements AutoCloseable {
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
  private static final Duration BETWEEN_TICKS = Duration.ofMillis(250);
  private static final Duration LONGEST_ANSWER = Duration.ofDays(1);
  private static final Duration LONGEST_ARCHIVING = Duration.ofSeconds(5);

  /** How long it is remembered that an answer is to be stopped, should it be asked for. */
  private static final Duration LATEST_QUESTION = Duration.ofMinutes(1);

  private static final int MOST_STOPPED = 10_000;

  private final AnswersConfig config;
  private final AnswerArchive archive;
  private final Archiving archiving;
  private final InstantSource clock;
  private final LongSupplier nanoClock;
  private final Function<Throwable, RagException> describe;
  private final Timer timer;
  private final LogLimits limits;
  private final Terms continuing;
  private final AnswerMemory memory;
  private final Map<AnswerId, Running> running = new ConcurrentHashMap<>();
  private final Semaphore continued;
  private final List<Timer.Scheduled> scheduled = new ArrayList<>();

  /** To be stopped: a caller's two calls, to ask and to cancel, may come in any order. */
  private final Cache<AnswerId, Instant> stopped =
      CacheBuilder.newBuilder().expireAfterWrite(LATEST_QUESTION).maximumSize(MOST_STOPPED).build();

  /**
   * An answer that is being written.
   *
   * @param release gives back what it holds beside memory
   */
  private record Running(AnswerLog log, Runnable release) {}

  /**
   * @param nanoClock a clock such as {@link System#nanoTime()}, by which silence is measured
   * @param describe what callers may know of a failure
   */
  public AnswerLogs(
      AnswersConfig config,
      AnswerArchive archive,
      InstantSource clock,
      LongSupplier nanoClock,
      Function<Throwable, RagException> describe,
      Execution execution) {
    this.config = config;
    this.archive = archive;
    this.archiving = new Archiving(archive, execution.files(), LONGEST_ARCHIVING);
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.describe = describe;
    this.timer = execution.timer();
    this.limits =
        new LogLimits(config.logBytes(), Duration.ofSeconds(config.heartbeatSeconds()).toNanos());
    this.continuing = Terms.goingOn(Duration.ofSeconds(config.leaseSeconds()));
    this.memory = new AnswerMemory(config.memoryBytes());
    this.continued = new Semaphore(config.maxContinued());
  }

  /** Begins to look at the clock: for heartbeats, leases, and answers whose time is over. */
  public void start() {
    scheduled.add(timer.every("answers", BETWEEN_TICKS, this::tick));
    scheduled.add(timer.every("answer-sweep", BETWEEN_SWEEPS, this::sweep));
  }

  /**
   * Begins an answer, written by this thread at the pace of its readers, of which this is the
   * first, and stopped with its deadline or when the last of them goes.
   *
   * @throws RagException ALREADY_EXISTS when the name was used before, ABORTED when it was
   *     cancelled
   */
  public AnswerLog ask(AnswerId id, Call call, AnswerSubscriber reader) {
    return begin(id, Terms.CANCEL, call, reader, () -> {});
  }

  /**
   * Begins an answer, written by this thread a little ahead of its readers, which goes on for a
   * while when the last of them has gone.
   *
   * @throws RagException ALREADY_EXISTS when the name was used before, ABORTED when it was
   *     cancelled, RESOURCE_EXHAUSTED when too many answers go on so
   */
  public AnswerLog askAndContinue(AnswerId id, Call call, AnswerSubscriber reader) {
    if (!continued.tryAcquire()) {
      throw AnswerFailures.tooMany(config.maxContinued());
    }
    return begin(id, continuing, call, reader, continued::release);
  }

  private AnswerLog begin(
      AnswerId id, Terms terms, Call call, AnswerSubscriber reader, Runnable release) {
    AnswerLog log = log(id, new Writing(id, call, Thread.currentThread()), terms);
    Timer.Scheduled deadline = deadline(log, call);
    Runnable afterwards =
        () -> {
          deadline.cancel();
          release.run();
        };
    try {
      // Before others can find it: without a reader it might be stopped.
      log.subscribe(-1, reader);
      register(log, afterwards);
      return log;
    } catch (RuntimeException | Error e) {
      afterwards.run();
      throw e;
    }
  }

  private Timer.Scheduled deadline(AnswerLog log, Call call) {
    return call.isBounded()
        ? timer.after("answer-deadline", call.remaining(LONGEST_ANSWER), log::interruptWriter)
        : () -> {};
  }

  /** Begins an answer that nobody reads before its end, written by this thread. */
  public AnswerLog record(AnswerId id, Call call) {
    AnswerLog log = log(id, new Writing(id, call, null), Terms.CANCEL);
    log.hold();
    register(log, () -> {});
    return log;
  }

  private AnswerLog log(AnswerId id, Writing writing, Terms terms) {
    return new AnswerLog(
        new EventWindow(id), writing, terms, clock.instant(), limits, memory, nanoClock);
  }

  /** Has an answer be found, unless its name is refused: then it has ended with that. */
  private void register(AnswerLog log, Runnable release) {
    AnswerId id = log.id();
    RagException refusal = archive.read(id).isPresent() ? AnswerFailures.taken(id) : null;
    boolean mine = refusal == null && running.putIfAbsent(id, new Running(log, release)) == null;
    if (!mine || memory.find(id).isPresent()) {
      refusal = AnswerFailures.taken(id);
    } else if (stopped.getIfPresent(id) != null) {
      refusal = AnswerFailures.stopped(id);
    }
    if (refusal != null) {
      if (mine) {
        running.remove(id);
      }
      log.seal(refusal);
      log.end();
      throw refusal;
    }
  }

  /** Says that an answer's last event was written. */
  public void complete(AnswerLog log) {
    finish(log, null);
  }

  /** Says that an answer's writer failed. */
  public void fail(AnswerLog log, Throwable failure) {
    finish(log, describe.apply(failure));
  }

  /** Before a stream ends well its answer is on disk, where there is one. */
  private void finish(AnswerLog log, @Nullable RagException failure) {
    log.seal(failure);
    Instant now = clock.instant();
    boolean fits = log.heldBytes() <= limits.bytes();
    try {
      if (fits && failure == null && !log.isForgotten()) {
        archiving.write(log.id(), log.held(now));
      }
    } finally {
      if (fits && !log.isForgotten()) {
        memory.keep(log, log.heldBytes(), now);
      } else {
        memory.release(log.heldBytes());
      }
      Running mine = running.get(log.id());
      if (mine != null) {
        mine.release().run();
      }
      log.end();
      running.remove(log.id());
    }
  }

  /**
   * Has somebody read an answer behind an event.
   *
   * @param after the last sequence that the reader has; -1 for none
   * @param since the answer's corpus is there since then; an older answer was another one's
   * @throws RagException NOT_FOUND when the answer or those events are not here
   */
  public void resume(AnswerId id, long after, Instant since, AnswerSubscriber reader) {
    find(id, since).subscribe(after, reader);
  }

  /**
   * A finished answer; the parameters are those of {@link #resume}.
   *
   * @throws RagException FAILED_PRECONDITION while it is written; what it ended with when it failed
   */
  public Answer get(AnswerId id, Instant since) {
    return find(id, since).answer();
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
        .map(Running::log)
        .or(() -> memory.find(id))
        .or(() -> archive.read(id).map(kept -> AnswerLog.finished(id, kept)))
        .filter(log -> !log.isForgotten() && !log.begun().isBefore(since))
        .orElseThrow(() -> AnswerFailures.notHeld(id));
  }

  /** Forgets a corpus's answers; those being written go on for whoever reads them. */
  public void forget(CorpusId corpus) {
    running.values().stream()
        .map(Running::log)
        .filter(log -> log.id().corpus().equals(corpus))
        .forEach(AnswerLog::forget);
    memory.forget(id -> id.corpus().equals(corpus));
    archive.forget(corpus);
  }

  /** Sends heartbeats, and stops what nobody reads. */
  void tick() {
    running.values().forEach(each -> each.log().tick());
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

  /** Answers that are being written. */
  int running() {
    return running.size();
  }

  /** Waits until no answer is being written; returns whether that came in time. */
  public boolean awaitNone(Duration longest) throws InterruptedException {
    Call call = Call.within(longest);
    for (Running each : running.values()) {
      if (!each.log().awaitEnd(call.remaining(longest))) {
        return false;
      }
    }
    return true;
  }

  /** Stops all answers. */
  @Override
  public void close() {
    running.values().forEach(each -> each.log().stop());
    scheduled.forEach(Timer.Scheduled::cancel);
  }
}
