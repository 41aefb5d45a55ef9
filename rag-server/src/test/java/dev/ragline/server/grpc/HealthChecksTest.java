package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.store.StoreHealth;
import dev.ragline.testing.TestExecution;
import dev.ragline.v1.AskServiceGrpc;
import dev.ragline.v1.CorpusServiceGrpc;
import dev.ragline.v1.IngestServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthChecksTest {
  private static final String INGEST = IngestServiceGrpc.SERVICE_NAME;
  private static final String ASK = AskServiceGrpc.SERVICE_NAME;
  private static final String CORPORA = CorpusServiceGrpc.SERVICE_NAME;

  private final HealthStatusManager statuses = new HealthStatusManager();
  private final CountDownLatch release = new CountDownLatch(1);
  private Server server;
  private ManagedChannel channel;
  private @Nullable HealthChecks checks;
  private volatile Supplier<StoreHealth> store = () -> StoreHealth.SERVING;

  @BeforeEach
  void start() throws Exception {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .executor(TestExecution.SHARED.callbacks())
            .addService(statuses.getHealthService())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  @AfterEach
  void stop() {
    release.countDown();
    stopChecks();
    channel.shutdownNow();
    server.shutdownNow();
  }

  private void check(Duration patience, Supplier<StoreHealth> first) {
    store = first;
    HealthChecks started =
        new HealthChecks(
            () -> store.get(),
            statuses,
            List.of(INGEST, ASK, CORPORA),
            TestExecution.SHARED,
            patience);
    checks = started;
    started.start();
  }

  private void stopChecks() {
    HealthChecks started = checks;
    if (started != null) {
      started.stop();
    }
  }

  private ServingStatus of(String service) {
    return HealthGrpc.newBlockingStub(channel)
        .check(HealthCheckRequest.newBuilder().setService(service).build())
        .getStatus();
  }

  /** A service's status as it changes, the present one first. */
  private Iterator<HealthCheckResponse> watch(String service) {
    return HealthGrpc.newBlockingStub(channel)
        .watch(HealthCheckRequest.newBuilder().setService(service).build());
  }

  private StoreHealth hold() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return StoreHealth.SERVING;
  }

  @Test
  void start_eachStateOfTheStore_isToldOfEachService() {
    check(Duration.ofMinutes(1), () -> StoreHealth.READ_ONLY);
    assertThat(of(INGEST)).isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(of(ASK)).isEqualTo(ServingStatus.SERVING);
    assertThat(of(CORPORA)).isEqualTo(ServingStatus.SERVING);
    assertThat(of("")).isEqualTo(ServingStatus.NOT_SERVING);
    stopChecks();
    assertThat(of(ASK)).isEqualTo(ServingStatus.NOT_SERVING);
  }

  @Test
  void start_storeServes_allServe() {
    check(Duration.ofMinutes(1), () -> StoreHealth.SERVING);
    for (String service : List.of("", INGEST, ASK, CORPORA)) {
      assertThat(of(service)).as(service).isEqualTo(ServingStatus.SERVING);
    }
  }

  @Test
  void start_storeThatDoesNotAnswer_isAwayAndServesOnceItDoes() {
    check(Duration.ofMillis(100), this::hold);
    Iterator<HealthCheckResponse> ask = watch(ASK);
    assertThat(ask.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    release.countDown();
    assertThat(ask.next().getStatus()).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void check_storeThatStopsToAnswer_isNoLongerServing() {
    check(Duration.ofMillis(100), () -> StoreHealth.SERVING);
    Iterator<HealthCheckResponse> ask = watch(ASK);
    assertThat(ask.next().getStatus()).isEqualTo(ServingStatus.SERVING);
    store = this::hold;
    assertThat(ask.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    release.countDown();
    assertThat(ask.next().getStatus()).isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void check_storeThatThrows_isAwayAndAskedAgain() {
    check(
        Duration.ofMinutes(1),
        () -> {
          throw new IllegalStateException("a defect");
        });
    Iterator<HealthCheckResponse> ask = watch(ASK);
    assertThat(ask.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    store = () -> StoreHealth.SERVING;
    assertThat(ask.next().getStatus()).isEqualTo(ServingStatus.SERVING);
  }
}
