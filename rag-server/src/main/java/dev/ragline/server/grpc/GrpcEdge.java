package dev.ragline.server.grpc;

import com.google.protobuf.Message;
import dev.ragline.call.Call;
import dev.ragline.operation.Operations;
import dev.ragline.server.answers.AnswerLogs;
import dev.ragline.server.config.ServerConfig;
import dev.ragline.store.ChunkStore;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The gRPC server: services, health, reflection, limits, drain. */
public final class GrpcEdge {
  private static final Duration HEALTH_PERIOD = Duration.ofSeconds(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final ServerConfig config;
  private final ChunkStore store;
  private final List<BindableService> services;
  private final Operations<Message, Message> operations;
  private final AnswerLogs answers;
  private final CallCounter counter = new CallCounter();
  private final HealthStatusManager health = new HealthStatusManager();
  private final ScheduledExecutorService healthChecks =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("health").factory());
  private final CallLimit limit;
  private final Server server;

  @Inject
  GrpcEdge(
      ServerConfig config,
      ChunkStore store,
      Services services,
      Operations<Message, Message> operations,
      AnswerLogs answers) {
    this.config = config;
    this.store = store;
    this.services = services.all();
    this.operations = operations;
    this.answers = answers;
    this.limit = new CallLimit(Duration.ofSeconds(config.maxCallSeconds()));
    this.server = build();
  }

  @SuppressWarnings("deprecation") // reflection v1alpha is all that Python's own client speaks
  private Server build() {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .maxInboundMessageSize(config.maxMessageBytes())
            .maxInboundMetadataSize(config.maxMetadataBytes())
            .maxConcurrentCallsPerConnection(config.maxCallsPerConnection())
            .maxRstFramesPerWindow(config.maxResetsPerSecond(), 1)
            .permitKeepAliveTime(10, TimeUnit.SECONDS)
            .keepAliveTime(30, TimeUnit.SECONDS)
            .addStreamTracerFactory(counter)
            .fallbackHandlerRegistry(new UnknownMethods())
            .addService(readable(health.getHealthService()))
            .addService(readable(ProtoReflectionServiceV1.newInstance()))
            .addService(readable(ProtoReflectionService.newInstance()));
    ValidationInterceptor validation = new ValidationInterceptor();
    services.forEach(
        service ->
            builder.addService(
                ReadableRequests.of(ServerInterceptors.intercept(service, validation, limit))));
    return builder.build();
  }

  private static ServerServiceDefinition readable(BindableService service) {
    return ReadableRequests.of(service.bindService());
  }

  /**
   * Starts to serve.
   *
   * @throws IOException when the port is taken
   */
  public void start() throws IOException {
    server.start();
    answers.start();
    reportHealth();
    ScheduledFuture<?> _ =
        healthChecks.scheduleWithFixedDelay(
            this::reportHealth,
            HEALTH_PERIOD.toMillis(),
            HEALTH_PERIOD.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void reportHealth() {
    ServingStatus status = store.isServing() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    services.forEach(
        service ->
            health.setStatus(service.bindService().getServiceDescriptor().getName(), status));
  }

  /** The port served on. */
  public int port() {
    return server.getPort();
  }

  /** Waits until the server is stopped. */
  public void awaitTermination() throws InterruptedException {
    server.awaitTermination();
  }

  /**
   * Takes no more calls, lets those that run end for as long as configured, and the answers that go
   * on without a caller, then stops. Operations are stopped then too: they are lost with this
   * process anyway.
   */
  public void drain() {
    healthChecks.shutdownNow();
    health.enterTerminalState();
    server.shutdown();
    try {
      Duration longest = Duration.ofSeconds(config.drainSeconds());
      Call patience = Call.within(longest);
      counter.awaitNone(longest);
      answers.awaitNone(patience.remaining(longest));
      answers.close();
      operations.close();
      server.shutdownNow();
      server.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.shutdownNow();
    } finally {
      answers.close();
      operations.close();
      limit.close();
    }
  }
}
