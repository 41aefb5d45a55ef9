package dev.ragline.upstream;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import dev.ragline.upstream.Turnstile.Place;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint with what spares it: a limit of requests at once, and a breaker for each model.
 *
 * @param <M> what asks it
 */
final class Lane<M> {
  /** Not asked, because it keeps failing. */
  static final String CIRCUIT_OPEN = "CIRCUIT_OPEN";

  /** Not asked, because it has enough to do. */
  static final String BUSY = "BUSY";

  private static final Duration LONGEST_REST = Duration.ofMinutes(1);

  private final Service service;
  private final String name;
  private final M model;
  private final FailoverConfig config;
  private final Set<String> overloaded;
  private final Breaker.ByModel breakers;
  private final Turnstile turnstile;
  private volatile long restsUntil = System.nanoTime();

  Lane(Service service, String name, M model, FailoverConfig config) {
    this.service = service;
    this.name = name;
    this.model = model;
    this.config = config;
    this.overloaded = Set.of(service.reason("RATE_LIMITED"), service.reason("FAILED"));
    this.breakers = new Breaker.ByModel(config.breakerPause());
    this.turnstile = new Turnstile(config.maxConcurrent());
  }

  String name() {
    return name;
  }

  M model() {
    return model;
  }

  /** Whether it asked, a moment ago, not to be asked for a while. */
  boolean rests() {
    return restsUntil - System.nanoTime() > 0;
  }

  /**
   * Whether a model keeps failing, and it is not yet time to try it again.
   *
   * @param asked null for the configured one
   */
  boolean isOpen(@Nullable String asked) {
    return breakers.of(nameOf(asked)).isOpen();
  }

  private String nameOf(@Nullable String asked) {
    return asked == null ? name : asked;
  }

  /**
   * Asks the model.
   *
   * @param asked the model to ask for; null for the configured one
   * @param begun as {@link Failover.Request} is told
   * @param waits whether to wait for a turn
   * @throws RagException as the request, UNAVAILABLE with {@link #CIRCUIT_OPEN}, or
   *     RESOURCE_EXHAUSTED with {@link #BUSY}
   */
  <R> R ask(
      Call call,
      @Nullable String asked,
      Failover.Request<M, R> request,
      Runnable begun,
      boolean waits) {
    Breaker breaker = breakers.of(nameOf(asked));
    Place place = enter(call, waits);
    Breaker.Trial trial;
    try {
      trial = breaker.begin();
    } catch (CallNotPermittedException e) {
      place.left();
      throw spared(asked, breaker);
    }
    Asking asking = new Asking(place, trial);
    try {
      R result =
          request.send(
              model,
              () -> {
                begun.run();
                asking.well();
              });
      asking.ended();
      return result;
    } catch (RagException e) {
      asking.failed(e);
      throw e;
    } finally {
      asking.leave();
    }
  }

  /** Keeps the books of one answer. Its beginning already shows that the endpoint is well. */
  private final class Asking {
    private final Place place;
    private final Breaker.Trial trial;
    private boolean judged;
    private boolean gone;

    Asking(Place place, Breaker.Trial trial) {
      this.place = place;
      this.trial = trial;
    }

    void well() {
      if (!judged) {
        judged = true;
        trial.well();
      }
    }

    void ended() {
      well();
      gone = true;
      place.served();
    }

    void failed(RagException failure) {
      if (failure.code() == ErrorCode.UNAVAILABLE) {
        judged = true;
        trial.failed(failure);
      }
      if (failure.reason().equals(service.reason("RATE_LIMITED"))) {
        rest(failure);
      }
      if (overloaded.contains(failure.reason())) {
        gone = true;
        place.refused();
      }
    }

    /** What says nothing about the endpoint leaves no trace. */
    void leave() {
      if (!judged) {
        trial.withdrawn();
      }
      if (!gone) {
        place.left();
      }
    }
  }

  private Place enter(Call call, boolean waits) {
    Optional<Place> place =
        waits
            ? turnstile.enter(config.longestQueue(), call, service.stage())
            : turnstile.enter(call.priority());
    return place.orElseThrow(this::busy);
  }

  private void rest(RagException failure) {
    Duration asked = ErrorDetail.Retry.of(failure.details()).orElse(Duration.ZERO);
    Duration rest = asked.compareTo(LONGEST_REST) < 0 ? asked : LONGEST_REST;
    restsUntil = System.nanoTime() + rest.toNanos();
  }

  private RagException spared(@Nullable String asked, Breaker breaker) {
    String what = asked == null ? name : name + " (" + asked + ")";
    return RagException.unavailable(
        service.reason(CIRCUIT_OPEN),
        service.title() + " " + what + " keeps failing and is left alone for a while",
        breaker.left(),
        null);
  }

  private RagException busy() {
    String message = service.title() + " " + name + " has as many requests as it bears";
    return new RagException(
        ErrorCode.RESOURCE_EXHAUSTED,
        service.reason(BUSY),
        message,
        new ErrorDetail.Quota(name, message),
        new ErrorDetail.Retry(Duration.ofSeconds(1)));
  }
}
