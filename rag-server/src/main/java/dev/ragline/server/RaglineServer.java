package dev.ragline.server;

import com.google.inject.Guice;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.execution.Execution;
import dev.ragline.server.answers.AnswerArchive;
import dev.ragline.server.answers.FolderArchive;
import dev.ragline.server.config.AnswersConfig;
import dev.ragline.server.config.RaglineConfig;
import dev.ragline.server.grpc.GrpcEdge;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** A running server: what was opened, and the edge over it. */
public final class RaglineServer implements AutoCloseable {
  private final Execution execution;
  private final Adapters adapters;
  private final GrpcEdge edge;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RaglineServer(Execution execution, Adapters adapters, GrpcEdge edge) {
    this.execution = execution;
    this.adapters = adapters;
    this.edge = edge;
  }

  /**
   * Opens what is configured and serves.
   *
   * @throws RagException when something cannot be opened, or the port is taken
   */
  public static RaglineServer start(RaglineConfig config, Map<String, String> environment) {
    Execution execution = new Execution(config.compute().effectiveCores());
    Adapters adapters = Adapters.open(config, environment, execution);
    try {
      RaglineModule module = new RaglineModule(config, execution, adapters, openArchive(config));
      GrpcEdge edge = Guice.createInjector(module).getInstance(GrpcEdge.class);
      edge.start();
      return new RaglineServer(execution, adapters, edge);
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

  /** Beside the index, whose lock this process holds; replicas on a Milvus keep nothing. */
  private static AnswerArchive openArchive(RaglineConfig config) {
    AnswersConfig answers = config.answers();
    if (config.store().remote() || answers.diskBytes() == 0) {
      return AnswerArchive.NONE;
    }
    try {
      return FolderArchive.open(
          Path.of(config.store().address(), "answers"),
          answers.diskBytes(),
          Duration.ofSeconds(answers.diskSeconds()),
          InstantSource.system());
    } catch (IOException e) {
      throw new RagException(
          ErrorCode.FAILED_PRECONDITION,
          "ANSWERS_UNUSABLE",
          "the folder of finished answers in the store cannot be used",
          e);
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

  /** Lets the calls that run end, then closes everything; does so once. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      edge.drain();
      // What still runs belongs to nobody now. Models are freed when the last of it has ended.
      var _ = execution.closeCompute();
      adapters.close();
      execution.close();
    }
  }
}
