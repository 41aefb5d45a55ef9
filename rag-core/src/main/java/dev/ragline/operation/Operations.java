package dev.ragline.operation;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import dev.ragline.execution.WaitingThreads;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operations of this process, in memory: so many at once, and the latest of those that ended,
 * for a while. All kinds of long work share one registry, whose progress and results are then a
 * common type of theirs.
 *
 * @param <P> what operations report
 * @param <R> what they result in
 */
public final class Operations<P, R> implements AutoCloseable {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(10);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final OperationLimits limits;
  private final InstantSource clock;
  private final WaitingThreads threads;
  private final Function<Throwable, RagException> describe;
  private final SecureRandom random = new SecureRandom();
  private final NavigableMap<OperationId, Running<P, R>> known = new ConcurrentSkipListMap<>();

  /** Those whose work goes on, also where they were deleted. */
  private final Set<Running<P, R>> working = ConcurrentHashMap.newKeySet();

  private boolean closed;

  /**
   * @param threads what the work runs on
   * @param describe makes what callers may see of any failure
   */
  public Operations(
      OperationLimits limits,
      InstantSource clock,
      WaitingThreads threads,
      Function<Throwable, RagException> describe) {
    this.limits = limits;
    this.clock = clock;
    this.threads = threads;
    this.describe = describe;
  }

  /**
   * Begins work in the background.
   *
   * @param progress how far it is at its beginning
   * @throws RagException RESOURCE_EXHAUSTED while as much runs as may, UNAVAILABLE once closed
   */
  public Operation<P, R> start(P progress, Work<P, R> work) {
    Running<P, R> running;
    synchronized (working) {
      if (closed) {
        throw stopping();
      }
      if (working.size() >= limits.running()) {
        throw tooMany();
      }
      running = new Running<>(newId(), progress);
      working.add(running);
    }
    known.put(running.id(), running);
    running.start(
        threads,
        work,
        describe,
        outcome -> {
          synchronized (working) {
            working.remove(running);
          }
          return new Running.End<>(outcome, clock.instant());
        });
    return running.snapshot();
  }

  /** How an operation stands; NOT_FOUND without it. */
  public Operation<P, R> get(OperationId id) {
    return find(id).snapshot();
  }

  /** Operations in the order of their beginning, those after {@code after} only. */
  public List<Operation<P, R>> list(@Nullable OperationId after, int limit) {
    sweep();
    NavigableMap<OperationId, Running<P, R>> rest =
        after == null ? known : known.tailMap(after, false);
    return rest.values().stream().limit(limit).map(Running::snapshot).toList();
  }

  /**
   * Waits for an operation's end, at most so long, and tells how it then stands.
   *
   * @throws RagException NOT_FOUND, or when the caller's own deadline passes
   */
  public Operation<P, R> await(OperationId id, Duration longest, Call call) {
    Running<P, R> running = find(id);
    try {
      running.await(call.remaining(longest));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    call.check("wait");
    return running.snapshot();
  }

  /** Stops an operation's work; one that has ended stays as it is. NOT_FOUND without it. */
  public void cancel(OperationId id) {
    find(id).cancel();
  }

  /** Forgets an operation, without stopping its work; NOT_FOUND without it. */
  public void delete(OperationId id) {
    known.remove(find(id).id());
  }

  /** Stops all work, waits a little for it to end, and takes no more. */
  @Override
  public void close() {
    List<Running<P, R>> left;
    synchronized (working) {
      closed = true;
      left = List.copyOf(working);
    }
    left.forEach(running -> running.stop(stopping()));
    Call patience = Call.within(LAST_WORDS);
    try {
      for (Running<P, R> running : left) {
        running.await(patience.remaining(LAST_WORDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Running<P, R> find(OperationId id) {
    sweep();
    Running<P, R> running = known.get(id);
    if (running == null) {
      throw new RagException(
          ErrorCode.NOT_FOUND,
          "OPERATION_NOT_FOUND",
          "there is no operation " + id + "; it may have ended long ago, or on another server",
          new ErrorDetail.Resource("ragline.dev/Operation", id.resourceName()));
    }
    return running;
  }

  /** Forgets what ended too long ago, and the earliest of too many. */
  private void sweep() {
    Instant expired = clock.instant().minus(limits.retention());
    List<Running<P, R>> ended =
        known.values().stream()
            .filter(running -> running.endTime().isPresent())
            .sorted(Comparator.comparing((Running<P, R> one) -> endOf(one)).reversed())
            .toList();
    for (int i = 0; i < ended.size(); i++) {
      if (i >= limits.finished() || endOf(ended.get(i)).isBefore(expired)) {
        known.remove(ended.get(i).id());
      }
    }
  }

  private static Instant endOf(Running<?, ?> running) {
    Optional<Instant> end = running.endTime();
    return end.orElse(Instant.MAX);
  }

  /** Hard to guess, and ordered by time. */
  private OperationId newId() {
    return new OperationId("%012x-%016x".formatted(clock.millis(), random.nextLong()));
  }

  private RagException tooMany() {
    String message = "as many operations run as this server allows: " + limits.running();
    return new RagException(
        ErrorCode.RESOURCE_EXHAUSTED,
        "TOO_MANY_OPERATIONS",
        message,
        new ErrorDetail.Quota("operations", message),
        new ErrorDetail.Retry(TRY_AGAIN));
  }

  private static RagException stopping() {
    return RagException.unavailable(
        "SERVER_STOPPING", "the server is shutting down", Duration.ofSeconds(1), null);
  }
}
