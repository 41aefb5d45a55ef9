package dev.ragline.client.fake;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The services over one real connection on loopback. */
public final class FakeRagServer implements AutoCloseable {
  // A client that cancels is no news here. Held, so that the level is not forgotten.
  private static final Logger LOG =
      Logger.getLogger("io.grpc.netty.shaded.io.grpc.netty.NettyServerHandler");

  private static final int WINDOW_BYTES = 128 * 1024;

  public final FakeCorpora corpora = new FakeCorpora();
  public final FakeDocuments documents = new FakeDocuments();
  public final FakeAnswers answers = new FakeAnswers();
  public final FakeOperations operations = new FakeOperations();
  public final FakeEvaluations evaluations = new FakeEvaluations(operations);
  public final HealthStatusManager health = new HealthStatusManager();
  private final Server server;
  private final String address;

  public FakeRagServer() {
    LOG.setLevel(Level.OFF);
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .flowControlWindow(WINDOW_BYTES) // fixed, so that tests know how much is on its way
            .addService(corpora)
            .addService(documents)
            .addService(answers)
            .addService(evaluations)
            .addService(operations)
            .addService(health.getHealthService())
            .build();
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    address = "127.0.0.1:" + server.getPort();
  }

  public String address() {
    return address;
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      if (!server.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the server still runs");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
