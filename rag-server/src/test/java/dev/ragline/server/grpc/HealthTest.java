package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.store.ChunkStore;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
  @TempDir Path folder;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** A store that cannot tell its health while there is a failure. */
  private ChunkStore moody(ChunkStore store) {
    return (ChunkStore)
        Proxy.newProxyInstance(
            ChunkStore.class.getClassLoader(),
            new Class<?>[] {ChunkStore.class},
            (proxy, method, arguments) -> {
              Throwable thrown = failure.get();
              if (thrown != null && method.getName().equals("health")) {
                throw thrown;
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void watch_storeWhoseHealthThrows_isToldAndAskedAgain() {
    try (TestServer server = TestServer.in(folder).withStore(this::moody).start()) {
      Iterator<HealthCheckResponse> health =
          HealthGrpc.newBlockingStub(server.channel())
              .withDeadlineAfter(60, TimeUnit.SECONDS)
              .watch(HealthCheckRequest.getDefaultInstance());
      assertThat(health.next().getStatus()).isEqualTo(ServingStatus.SERVING);

      for (Throwable thrown : new Throwable[] {new IllegalStateException(), new AssertionError()}) {
        failure.set(thrown);
        assertThat(health.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        failure.set(null);
        assertThat(health.next().getStatus()).isEqualTo(ServingStatus.SERVING);
      }
    }
  }
}
