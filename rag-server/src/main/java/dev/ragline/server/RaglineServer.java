package dev.ragline.server;

import com.google.inject.Guice;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.server.config.RaglineConfig;
import dev.ragline.server.grpc.GrpcEdge;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** A running server: what was opened, and the edge over it. */
public final class RaglineServer implements AutoCloseable {
  private final Adapters adapters;
  private final GrpcEdge edge;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RaglineServer(Adapters adapters, GrpcEdge edge) {
    this.adapters = adapters;
    this.edge = edge;
  }

  /**
   * Opens what is configured and serves.
   *
   * @throws RagException when something cannot be opened, or the port is taken
   */
  public static RaglineServer start(RaglineConfig config, Map<String, String> environment) {
    Adapters adapters = Adapters.open(config, environment);
    try {
      GrpcEdge edge =
          Guice.createInjector(new RaglineModule(config, adapters)).getInstance(GrpcEdge.class);
      edge.start();
      return new RaglineServer(adapters, edge);
    } catch (IOException e) {
      adapters.close();
      throw new RagException(
          ErrorCode.FAILED_PRECONDITION,
          "ADDRESS_UNUSABLE",
          "cannot listen on %s:%d (%s); choose another with --port"
              .formatted(config.server().host(), config.server().port(), reason(e)),
          e);
    } catch (RuntimeException e) {
      adapters.close();
      throw e;
    }
  }

  private static String reason(IOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  /** The port served on. */
  public int port() {
    return edge.port();
  }

  /** Who writes answers. */
  String writer() {
    return adapters.writer().name();
  }

  /** What embeds. */
  String embeddingModel() {
    return adapters.embedder().model().name();
  }

  /** Waits until the server is closed. */
  public void awaitTermination() throws InterruptedException {
    edge.awaitTermination();
  }

  /** Lets the calls that run end, then closes everything; does so once. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      edge.drain();
      adapters.close();
    }
  }
}
