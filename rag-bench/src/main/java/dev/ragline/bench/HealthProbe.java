package dev.ragline.bench;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks a server for its health, on a connection of its own, as an orchestrator does. */
final class HealthProbe implements AutoCloseable {
  private static final long PAUSE_MILLIS = 20;
  private static final long PATIENCE_SECONDS = 5;

  private final ManagedChannel channel;
  private final Thread thread;
  private final AtomicInteger failures = new AtomicInteger();
  private volatile Latencies latencies = new Latencies();

  HealthProbe(String address) {
    this.channel = ManagedChannelBuilder.forTarget(address).usePlaintext().build();
    this.thread = Thread.ofPlatform().daemon().name("health-probe").start(this::run);
  }

  private void run() {
    HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long began = System.nanoTime();
        try {
          var unused =
              health
                  .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                  .check(HealthCheckRequest.getDefaultInstance());
        } catch (StatusRuntimeException e) {
          failures.incrementAndGet();
        }
        latencies.addNanos(System.nanoTime() - began);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was seen since the last call. */
  Latencies take() {
    Latencies taken = latencies;
    latencies = new Latencies();
    return taken;
  }

  /** Checks that had no answer within five seconds, or an error. */
  int failures() {
    return failures.get();
  }

  @Override
  public void close() {
    thread.interrupt();
    var unused = channel.shutdownNow();
  }
}
