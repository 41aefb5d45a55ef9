package dev.ragline.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code rag serve} in a process of its own, on a free port. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final Process process;
  private final Path folder;
  private final int port;

  private ServerProcess(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /** Starts a server on a store folder and waits until it answers. */
  public static ServerProcess start(
      Path store, Map<String, String> environment, String... arguments) {
    return start(store.toString(), environment, arguments);
  }

  /** Starts a server on a store, a folder or an address, and waits until it answers. */
  public static ServerProcess start(
      String store, Map<String, String> environment, String... arguments) {
    try {
      Path folder = Scratch.folder("rag-serve");
      Path portFile = folder.resolve("port");
      List<String> command = new ArrayList<>(List.of("serve", "--port", "0"));
      command.addAll(List.of("--port-file", portFile.toString(), "--store", store));
      command.addAll(List.of(arguments));
      Process process = Rag.start(folder, environment, command);
      Instant until = Instant.now().plus(LONGEST_START);
      while (!Files.exists(portFile)) {
        if (process.waitFor(20, TimeUnit.MILLISECONDS) || Instant.now().isAfter(until)) {
          process.destroyForcibly();
          throw new AssertionError("the server did not start: " + Rag.read(folder.resolve("err")));
        }
      }
      return new ServerProcess(
          process, folder, Integer.parseInt(Files.readString(portFile).strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** {@code 127.0.0.1:port}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** The process; the launcher replaces itself by the JVM, so this is the server's own id. */
  public Process process() {
    return process;
  }

  /** What the server wrote to standard error so far. */
  public String log() throws IOException {
    return Rag.read(folder.resolve("err"));
  }

  /** Runs a client command against this server. */
  public Rag.Result rag(String... arguments) {
    return Rag.run(Map.of("RAGLINE_SERVER", address()), arguments);
  }

  /** Ends the server with SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends the server with SIGTERM and waits; SIGKILL when it does not end. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the server did not end after SIGTERM");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new AssertionError("interrupted", e);
    }
  }
}
