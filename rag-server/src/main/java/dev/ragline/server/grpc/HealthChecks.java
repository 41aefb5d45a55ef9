package dev.ragline.server.grpc;

import com.google.longrunning.OperationsGrpc;
import dev.ragline.execution.Execution;
import dev.ragline.execution.Timer;
import dev.ragline.store.StoreHealth;
import dev.ragline.v1.IngestServiceGrpc;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the store again and again how it is, and tells what that means for each service. A store
 * that does not say is away: a status is never older than the patience with it.
 */
final class HealthChecks {
  private static final Logger log = LoggerFactory.getLogger(HealthChecks.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** Longer than a store takes to find out that it cannot be reached. */
  static final Duration PATIENCE = Duration.ofSeconds(8);

  private final Supplier<StoreHealth> store;
  private final HealthStatusManager statuses;
  private final List<String> services;
  private final Execution execution;
  private final Duration patience;
  private List<Timer.Scheduled> scheduled = List.of();

  /** Whether the last check got an answer; one that did not is logged once. */
  private volatile boolean told = true;

  /** When the check began that has not ended; null when none runs. */
  private @Nullable Long began;

  /**
   * @param store asked on a thread that may wait
   * @param services names of what is served
   */
  HealthChecks(
      Supplier<StoreHealth> store,
      HealthStatusManager statuses,
      List<String> services,
      Execution execution,
      Duration patience) {
    this.store = store;
    this.statuses = statuses;
    this.services = List.copyOf(services);
    this.execution = execution;
    this.patience = patience;
  }

  /** Asks for the first time, and then all the time. A store is away until it says otherwise. */
  void start() {
    report(StoreHealth.AWAY);
    Thread first = execution.waiting().start("health", this::check);
    try {
      first.join(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Timer timer = execution.timer();
    scheduled =
        List.of(
            timer.every("health", PERIOD, this::check),
            timer.every("watching health", PERIOD, this::watch));
  }

  /** Asks no more, and says of all services that they end. */
  void stop() {
    scheduled.forEach(Timer.Scheduled::cancel);
    statuses.enterTerminalState();
  }

  private void check() {
    if (!begin()) {
      return;
    }
    StoreHealth health = StoreHealth.AWAY;
    try {
      health = store.get();
      told = true;
    } catch (RuntimeException | Error e) {
      if (told) {
        log.error("the store's health cannot be told; it is asked again until it can", e);
      }
      told = false;
    } finally {
      end(health);
    }
  }

  private synchronized boolean begin() {
    if (began != null) {
      return false;
    }
    began = System.nanoTime();
    return true;
  }

  private synchronized void end(StoreHealth health) {
    began = null;
    report(health);
  }

  /** Reports a store that is asked and does not answer. */
  synchronized void watch() {
    if (began != null && System.nanoTime() - began >= patience.toNanos()) {
      report(StoreHealth.AWAY);
    }
  }

  private void report(StoreHealth health) {
    boolean all = true;
    for (String service : services) {
      boolean serves = serves(service, health);
      all &= serves;
      statuses.setStatus(service, status(serves));
    }
    statuses.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status(all));
  }

  private static boolean serves(String service, StoreHealth health) {
    return switch (service) {
      case IngestServiceGrpc.SERVICE_NAME -> health == StoreHealth.SERVING;
      // What it tells of is in memory.
      case OperationsGrpc.SERVICE_NAME -> true;
      default -> health != StoreHealth.AWAY;
    };
  }

  private static ServingStatus status(boolean serves) {
    return serves ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
  }
}
