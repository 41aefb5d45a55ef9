package dev.ragline.generation.failover;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import dev.ragline.generation.ChatModel;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.generation.failover.Turnstile.Place;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One endpoint with what spares it: a limit of answers at once, and a breaker. */
final class Lane implements AutoCloseable {
  /** Not asked, because it keeps failing. */
  static final String CIRCUIT_OPEN = "LLM_CIRCUIT_OPEN";

  /** Not asked, because it has enough to do. */
  static final String BUSY = "LLM_BUSY";

  private static final String STAGE = "generate";
  private static final int WINDOW = 20;
  private static final int FEWEST = 5;
  private static final float FAILING_PERCENT = 50;
  private static final int PROBES = 2;
  private static final Set<String> OVERLOADED = Set.of("LLM_RATE_LIMITED", "LLM_FAILED");
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);

  private final ChatModel model;
  private final FailoverConfig config;
  private final CircuitBreaker breaker;
  private final Turnstile turnstile;
  private volatile long restsUntil = System.nanoTime();
  private volatile long openUntil = System.nanoTime();

  Lane(ChatModel model, FailoverConfig config) {
    this.model = model;
    this.config = config;
    this.breaker = breaker(model.name(), config.breakerPause());
    breaker
        .getEventPublisher()
        .onStateTransition(
            change -> {
              if (change.getStateTransition().getToState() == State.OPEN) {
                openUntil = System.nanoTime() + config.breakerPause().toNanos();
              }
            });
    this.turnstile = new Turnstile(config.maxConcurrent());
  }

  private static CircuitBreaker breaker(String name, Duration pause) {
    CircuitBreaker breaker =
        CircuitBreaker.of(
            name,
            CircuitBreakerConfig.custom()
                .slidingWindow(WINDOW, FEWEST, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(FAILING_PERCENT)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .waitDurationInOpenState(pause.isZero() ? SHORTEST_PAUSE : pause)
                .writableStackTraceEnabled(false)
                .build());
    if (pause.isZero()) {
      breaker.transitionToDisabledState();
    }
    return breaker;
  }

  String name() {
    return model.name();
  }

  /** As {@link ChatModel#contextTokens}. */
  int contextTokens(@Nullable String asked) {
    return model.contextTokens(asked);
  }

  /** Whether it asked, a moment ago, not to be asked for a while. */
  boolean rests() {
    return restsUntil - System.nanoTime() > 0;
  }

  /** Whether it keeps failing, and it is not yet time to try it again. */
  boolean isOpen() {
    return breaker.getState() == State.OPEN && openUntil - System.nanoTime() > 0;
  }

  /**
   * Asks the model.
   *
   * @param waits whether to wait for a turn
   * @throws RagException as the model, UNAVAILABLE with {@link #CIRCUIT_OPEN}, or
   *     RESOURCE_EXHAUSTED with {@link #BUSY}
   */
  ChatOutcome chat(ChatPrompt prompt, Call call, Consumer<String> text, boolean waits) {
    Place place = enter(call, waits);
    try {
      breaker.acquirePermission();
    } catch (CallNotPermittedException e) {
      place.left();
      throw spared();
    }
    Asking asking = new Asking(place, text);
    try {
      ChatOutcome outcome = model.chat(prompt, call, asking);
      asking.ended();
      return outcome;
    } catch (RagException e) {
      asking.failed(e);
      throw e;
    } finally {
      asking.leave();
    }
  }

  /** Keeps the books of one answer. The first text already shows that the endpoint is well. */
  private final class Asking implements Consumer<String> {
    private final Place place;
    private final Consumer<String> text;
    private final long start = breaker.getCurrentTimestamp();
    private boolean judged;
    private boolean gone;

    Asking(Place place, Consumer<String> text) {
      this.place = place;
      this.text = text;
    }

    @Override
    public void accept(String piece) {
      well();
      text.accept(piece);
    }

    private void well() {
      if (!judged) {
        judged = true;
        breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
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
        breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), failure);
      }
      if (failure.reason().equals("LLM_RATE_LIMITED")) {
        rest(failure);
      }
      if (OVERLOADED.contains(failure.reason())) {
        gone = true;
        place.refused();
      }
    }

    /** What says nothing about the endpoint leaves no trace. */
    void leave() {
      if (!judged) {
        breaker.releasePermission();
      }
      if (!gone) {
        place.left();
      }
    }
  }

  private Place enter(Call call, boolean waits) {
    Optional<Place> place =
        waits ? turnstile.enter(config.longestQueue(), call, STAGE) : turnstile.enter();
    return place.orElseThrow(this::busy);
  }

  private void rest(RagException failure) {
    Duration asked = retryAfter(failure);
    Duration rest = asked.compareTo(LONGEST_REST) < 0 ? asked : LONGEST_REST;
    restsUntil = System.nanoTime() + rest.toNanos();
  }

  private static Duration retryAfter(RagException failure) {
    return failure.details().stream()
        .filter(ErrorDetail.Retry.class::isInstance)
        .map(detail -> ((ErrorDetail.Retry) detail).delay())
        .findFirst()
        .orElse(Duration.ZERO);
  }

  private RagException spared() {
    return RagException.unavailable(
        CIRCUIT_OPEN,
        "the language model " + name() + " keeps failing and is left alone for a while",
        Duration.ofNanos(Math.max(SHORTEST_PAUSE.toNanos(), openUntil - System.nanoTime())),
        null);
  }

  private RagException busy() {
    String message = "the language model " + name() + " has as many answers to write as it bears";
    return new RagException(
        ErrorCode.RESOURCE_EXHAUSTED,
        BUSY,
        message,
        new ErrorDetail.Quota(name(), message),
        new ErrorDetail.Retry(Duration.ofSeconds(1)));
  }

  @Override
  public void close() {
    model.close();
  }
}
