package dev.ragline.testing.milvus;

import dev.ragline.testing.PythonEnvironment;
import dev.ragline.testing.Requirements;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.exception.MilvusClientException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Milvus in a process of its own, on a free port and with data of its own below the repository's
 * {@code target}. It ends with this object or this JVM, however that ends. What it says goes to
 * {@code target/milvus-logs}.
 */
public abstract class MilvusServer implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final long LONGEST_START_SECONDS = 120;
  private static final long LONGEST_STOP_SECONDS = 5;
  private static final long LONGEST_CALL_MILLIS = 10_000;
  private static final long PAUSE_NANOS = 50_000_000;

  private final Path scripts = Requirements.root().resolve("rag-core/src/test/python");
  private final PythonEnvironment python =
      PythonEnvironment.of(
          scripts.resolve("milvus-requirements.txt"),
          11,
          made -> made.run(script(), "unpack", programs(made).toString()));
  private final HeldPort port = new HeldPort();
  private final Path data;
  private final File log;
  private @Nullable Process process;

  MilvusServer(String name) {
    String unique = name + "-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    Path target = Requirements.root().resolve("target");
    data = target.resolve("milvus-data").resolve(unique);
    log = target.resolve("milvus-logs").resolve(unique + ".log").toFile();
  }

  /** Where it listens: {@code http://127.0.0.1:PORT}, the same after a restart. */
  public String address() {
    return "http://127.0.0.1:" + port();
  }

  /** The port that it listens on. */
  public int port() {
    return port.number();
  }

  /** The token of a user who may do all; empty where anybody may. */
  public String token() {
    return "";
  }

  /** Asks it with a client of its own. */
  public <T> T ask(Function<MilvusClientV2, T> question) {
    return ask(
        ConnectConfig.builder().uri(address()).token(token()).rpcDeadlineMs(LONGEST_CALL_MILLIS),
        question);
  }

  /** Asks the server that {@code config} names. */
  public static <T> T ask(
      ConnectConfig.ConnectConfigBuilder config, Function<MilvusClientV2, T> question) {
    MilvusClientV2 client = new MilvusClientV2(config.build());
    try {
      return question.apply(client);
    } finally {
      client.close();
    }
  }

  /** Starts it, on what data it has, and returns once it answers. */
  final void start() {
    List<String> command = new ArrayList<>(List.of(python.python().toString(), script()));
    command.addAll(arguments());
    try {
      Files.createDirectories(data);
      Files.createDirectories(log.toPath().getParent());
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitAnswer(process);
  }

  /** Whether its process is there; a starved standalone ends itself. */
  final boolean runs() {
    Process running = process;
    return running != null && running.isAlive();
  }

  /** Ends it in order; a server that takes more than a few seconds over it is killed. */
  public void stop() {
    end(true);
  }

  /** Kills it with SIGKILL and returns once it is gone. */
  public void kill() {
    end(false);
  }

  /** Ends it in order if it still runs, and starts it on the same data and port. */
  public void restart() {
    stop();
    start();
  }

  /** Kills it and deletes its data. */
  @Override
  public void close() {
    kill();
    port.close();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What to tell the script. */
  abstract List<String> arguments();

  final Path data() {
    return data;
  }

  /** The folder of the standalone's programs. */
  final Path programs() {
    return programs(python);
  }

  private static Path programs(PythonEnvironment python) {
    return python.folder().resolve("milvus/bin");
  }

  private String script() {
    return scripts.resolve("milvus_server.py").toString();
  }

  private void end(boolean inOrder) {
    Process ending = process;
    if (ending == null) {
      return;
    }
    process = null;
    try {
      if (inOrder) {
        // Process.destroy would also close its standard input, which kills it at once.
        ending.toHandle().destroy();
      }
      if (!inOrder || !ending.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
        ending.destroyForcibly().waitFor();
      }
      ending.outputWriter().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      ending.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void awaitAnswer(Process starting) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS);
    while (!answers()) {
      if (!starting.isAlive() || System.nanoTime() - end > 0) {
        kill();
        throw new IllegalStateException("Milvus did not start; see " + log);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private boolean answers() {
    try {
      ask(MilvusClientV2::listCollections);
      return true;
    } catch (MilvusClientException | StatusRuntimeException e) {
      return false;
    }
  }
}
