package dev.ragline.upstream;

import com.google.common.collect.ImmutableList;
import dev.ragline.call.Call;
import dev.ragline.call.Priority;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several endpoints as one: the first that is well is asked. A question is asked twice at most, and
 * never again once its answer has begun. An endpoint that is left alone, is at its limit or cannot
 * even be reached was not asked, and does not count. An endpoint that is alone is asked again only
 * when it closed the connection before it answered, as servers do that end an idle connection.
 *
 * <p>A batch has time: where none answers, it waits as long as it is told, or longer from time to
 * time, and begins again, for a minute in all.
 *
 * @param <M> what asks one endpoint
 */
public final class Failover<M> {
  private static final int TRIES = 2;
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Logger log = LoggerFactory.getLogger(Failover.class);

  private final Service service;
  private final Set<String> notAsked;
  private final ImmutableList<Lane<M>> lanes;

  /**
   * @param models the best first
   */
  public Failover(
      Service service, List<? extends M> models, Function<M, String> name, FailoverConfig config) {
    if (models.isEmpty()) {
      throw new IllegalArgumentException("no model to ask");
    }
    this.service = service;
    this.notAsked =
        Set.of(
            service.reason("UNREACHABLE"),
            service.reason(Lane.CIRCUIT_OPEN),
            service.reason(Lane.BUSY));
    this.lanes =
        models.stream()
            .map(model -> new Lane<M>(service, name.apply(model), model, config))
            .collect(ImmutableList.toImmutableList());
  }

  /** One request to one endpoint. */
  @FunctionalInterface
  public interface Request<M, R> {
    /**
     * Sends it.
     *
     * @param begun is run once something was handed over that nobody can take back: nobody else is
     *     asked any more
     * @throws RagException as the endpoint's failures are told
     */
    R send(M model, Runnable begun);
  }

  /**
   * A result.
   *
   * @param by the endpoint that gave it
   * @param failures of others that were asked before, or were not because they are not well
   */
  public record Answered<R>(R result, String by, List<RagException> failures) {}

  /** What asks the endpoints, the best first. */
  public List<M> models() {
    return lanes.stream().map(Lane::model).toList();
  }

  /**
   * Asks.
   *
   * @param model the model that the request names in place of the configured; null for that
   * @throws RagException the failure that the caller can do most about; CANCELLED,
   *     DEADLINE_EXCEEDED
   */
  public <R> Answered<R> ask(Call call, @Nullable String model, Request<M, R> request) {
    Begun begun = new Begun();
    Duration waited = Duration.ZERO;
    Duration usual = SHORTEST_WAIT;
    while (true) {
      try {
        return askOnce(call, model, request, begun);
      } catch (RagException e) {
        Duration wait = longer(usual, ErrorDetail.Retry.of(e.details()).orElse(Duration.ZERO));
        waited = waited.plus(wait);
        if (call.priority() != Priority.BATCH
            || begun.begun
            || !mayPass(e)
            || waited.compareTo(LONGEST_WAIT) > 0
            || call.remaining(LONGEST_WAIT).compareTo(wait) <= 0) {
          throw e;
        }
        log.info("{}; asked again in {} ms", e.getMessage(), wait.toMillis());
        pause(wait, call);
        usual = usual.multipliedBy(2);
      }
    }
  }

  private static final class Begun implements Runnable {
    private boolean begun;

    @Override
    public void run() {
      begun = true;
    }
  }

  private <R> Answered<R> askOnce(
      Call call, @Nullable String model, Request<M, R> request, Begun begun) {
    List<RagException> failures = new ArrayList<>();
    Deque<Lane<M>> left = candidates(model);
    int tries = 0;
    while (!left.isEmpty() && tries < TRIES) {
      Lane<M> lane = left.removeFirst();
      try {
        R result = lane.ask(call, model, request, begun, left.isEmpty());
        failures.forEach(
            f -> log.warn("{} answers, since {} ({})", lane.name(), f.getMessage(), f.reason()));
        return new Answered<>(result, lane.name(), failures);
      } catch (RagException e) {
        if (begun.begun || !mayDoBetterElsewhere(e)) {
          throw e;
        }
        tries += notAsked.contains(e.reason()) ? 0 : 1;
        if (left.isEmpty() && e.reason().equals(service.reason("HUNG_UP")) && tries < TRIES) {
          // Nobody need be told when the same endpoint answers then.
          left.add(lane);
        } else {
          failures.add(e);
        }
      }
    }
    throw worst(failures);
  }

  /** Those that are well; all where none is, so that one of them tells what is wrong. */
  private Deque<Lane<M>> candidates(@Nullable String model) {
    Deque<Lane<M>> well =
        lanes.stream()
            .filter(lane -> !lane.rests() && !lane.isOpen(model))
            .collect(Collectors.toCollection(ArrayDeque::new));
    return well.isEmpty() ? new ArrayDeque<>(lanes) : well;
  }

  /** Another endpoint has a key, a model and a load of its own; but the question is the same. */
  private boolean mayDoBetterElsewhere(RagException failure) {
    return isTheEndpoints(failure)
        || (failure.code() == ErrorCode.FAILED_PRECONDITION
            && !failure.reason().equals(service.reason("REFUSED_REQUEST")));
  }

  /** What waiting helps: an answer of no use is no better a while later. */
  private boolean mayPass(RagException failure) {
    return isTheEndpoints(failure) && !failure.reason().equals(service.reason("UNUSABLE"));
  }

  /** What is the endpoint's own. */
  private static boolean isTheEndpoints(RagException failure) {
    return failure.code() == ErrorCode.UNAVAILABLE
        || failure.code() == ErrorCode.RESOURCE_EXHAUSTED;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private void pause(Duration wait, Call call) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    call.check(service.stage());
  }

  /** What the caller can do something about by waiting, rather than what only we can mend. */
  private static RagException worst(List<RagException> failures) {
    RagException chosen =
        failures.stream()
            .filter(failure -> failure.code() != ErrorCode.FAILED_PRECONDITION)
            .findFirst()
            .orElseGet(failures::getFirst);
    failures.stream().filter(failure -> failure != chosen).forEach(chosen::addSuppressed);
    return chosen;
  }
}
