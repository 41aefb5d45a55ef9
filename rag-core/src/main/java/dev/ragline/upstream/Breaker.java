package dev.ragline.upstream;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.ragline.document.RagException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;

/** Leaves a model of an endpoint alone for a while once half of its last answers failed. */
final class Breaker {
  private static final int WINDOW = 20;
  private static final int FEWEST = 5;
  private static final float FAILING_PERCENT = 50;
  private static final int PROBES = 2;
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  private final CircuitBreaker breaker;
  private volatile long openUntil = System.nanoTime();

  /**
   * @param pause how long; zero never leaves it alone
   */
  Breaker(String name, Duration pause) {
    breaker =
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
    breaker
        .getEventPublisher()
        .onStateTransition(
            change -> {
              if (change.getStateTransition().getToState() == State.OPEN) {
                openUntil = System.nanoTime() + pause.toNanos();
              }
            });
  }

  /** The breakers of one endpoint: what one of its models fails at says nothing of the others. */
  static final class ByModel {
    /** Callers may name any model, so those that were not asked for long are forgotten. */
    private static final int MOST_MODELS = 64;

    private final Cache<String, Breaker> breakers =
        CacheBuilder.newBuilder().maximumSize(MOST_MODELS).build();

    private final Duration pause;

    ByModel(Duration pause) {
      this.pause = pause;
    }

    Breaker of(String model) {
      return breakers.asMap().computeIfAbsent(model, name -> new Breaker(name, pause));
    }
  }

  /** Whether the model keeps failing, and it is not yet time to try it again. */
  boolean isOpen() {
    return breaker.getState() == State.OPEN && openUntil - System.nanoTime() > 0;
  }

  /** How long it will still be left alone, at least a second. */
  Duration left() {
    return Duration.ofNanos(Math.max(SHORTEST_PAUSE.toNanos(), openUntil - System.nanoTime()));
  }

  /** One answer that is asked for, of which one of these is to be told. */
  final class Trial {
    private final long start = breaker.getCurrentTimestamp();

    private Trial() {}

    private long took() {
      return breaker.getCurrentTimestamp() - start;
    }

    void well() {
      breaker.onSuccess(took(), breaker.getTimestampUnit());
    }

    void failed(RagException failure) {
      breaker.onError(took(), breaker.getTimestampUnit(), failure);
    }

    /** What happened says nothing about the model. */
    void withdrawn() {
      breaker.releasePermission();
    }
  }

  /**
   * Begins to ask.
   *
   * @throws io.github.resilience4j.circuitbreaker.CallNotPermittedException when it is left alone
   */
  Trial begin() {
    breaker.acquirePermission();
    return new Trial();
  }
}
