package dev.ragline.server.grpc;

import com.google.protobuf.Message;
import dev.ragline.call.Call;
import dev.ragline.execution.Execution;
import dev.ragline.operation.Operations;
import dev.ragline.server.answers.AnswerLogs;
import dev.ragline.server.config.ServerConfig;
import dev.ragline.store.ChunkStore;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The gRPC server: services, health, reflection, limits, drain. */
public final class GrpcEdge {
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final ServerConfig config;
  private final List<BindableService> services;
  private final Operations<Message, Message> operations;
  private final AnswerLogs answers;
  private final CallCounter counter = new CallCounter();
  private final HealthStatusManager health = new HealthStatusManager();
  private final Execution execution;
  private final LoadShedder shedder;
  private final Server server;
  private final HealthChecks healthChecks;

  @Inject
  GrpcEdge(
      ServerConfig config,
      ChunkStore store,
      Services services,
      Operations<Message, Message> operations,
      AnswerLogs answers,
      LoadShedder shedder,
      Execution execution) {
    this.config = config;
    this.execution = execution;
    this.shedder = shedder;
    this.services = services.all();
    this.operations = operations;
    this.answers = answers;
    this.healthChecks =
        new HealthChecks(
            store::health,
            health,
            this.services.stream()
                .map(service -> service.bindService().getServiceDescriptor().getName())
                .toList(),
            execution,
            HealthChecks.PATIENCE);
    this.server = build();
  }

  @SuppressWarnings("deprecation") // reflection v1alpha is all that Python's own client speaks
  private Server build() {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
            .executor(execution.callbacks())
            .maxInboundMessageSize(config.maxMessageBytes())
            .maxInboundMetadataSize(config.maxMetadataBytes())
            .maxConcurrentCallsPerConnection(config.maxCallsPerConnection())
            .maxRstFramesPerWindow(config.maxResetsPerSecond(), 1)
            .permitKeepAliveTime(10, TimeUnit.SECONDS)
            .keepAliveTime(30, TimeUnit.SECONDS)
            .maxConnectionAgeGrace(config.maxConnectionAgeGraceSeconds(), TimeUnit.SECONDS)
            .addStreamTracerFactory(counter)
            .fallbackHandlerRegistry(new UnknownMethods())
            .addService(readable(health.getHealthService()))
            .addService(readable(ProtoReflectionServiceV1.newInstance()))
            .addService(readable(ProtoReflectionService.newInstance()));
    if (config.maxConnectionAgeSeconds() > 0) {
      builder.maxConnectionAge(config.maxConnectionAgeSeconds(), TimeUnit.SECONDS);
    }
    ValidationInterceptor validation = new ValidationInterceptor();
    CallSetup setup =
        new CallSetup(Duration.ofSeconds(config.maxCallSeconds()), execution.timer().scheduler());
    services.forEach(
        service ->
            builder.addService(
                ReadableRequests.of(
                    ServerInterceptors.intercept(service, validation, setup, shedder))));
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
    healthChecks.start();
  }

  /** The port served on. */
  public int port() {
    return server.getPort();
  }

  /**
   * Says by the health that calls should go elsewhere, and serves those that come all the same for
   * as long as configured. Then takes no more calls, lets those that run end for as long as
   * configured, and the answers that go on without a caller, and stops. Operations are stopped then
   * too: they are lost with this process anyway.
   */
  public void drain() {
    healthChecks.stop();
    try {
      Thread.sleep(config.lameDuck());
      server.shutdown();
      Duration longest = config.drain();
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
    }
  }
}
