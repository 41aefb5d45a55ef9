package dev.ragline.client.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server of its own for a demonstration, in a folder of its own; both go when it is closed. */
final class DemoServer implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 50;
  private static final long STOP_SECONDS = 10;

  private final Path folder;
  private final Process process;

  private DemoServer(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /** Starts the process; it is not ready yet. */
  static DemoServer start(Shell shell) {
    ProcessBuilder command = Launcher.command(shell, List.of()); // before anything is made
    Path folder = temporaryFolder();
    command
        .command()
        .addAll(
            List.of(
                "serve",
                "--port",
                "0",
                "--port-file",
                folder.resolve("port").toString(),
                "--store",
                folder.resolve("data").toString()));
    command.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
    return new DemoServer(folder, Launcher.start(command));
  }

  /** Waits until the server answers and returns its address. */
  String awaitAddress(Shell shell) throws InterruptedException {
    Instant end = shell.clock().instant().plus(START);
    Path portFile = folder.resolve("port");
    while (shell.clock().instant().isBefore(end)) {
      String port = read(portFile);
      if (!port.isEmpty()) {
        return "localhost:" + port;
      }
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        throw CommandException.failed("the server did not start: " + lastLine());
      }
    }
    throw CommandException.failed("the server was not ready after " + START.toSeconds() + " s");
  }

  /** Stops the server and removes its folder; once is enough, more do no harm. */
  @Override
  public synchronized void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    remove(folder);
  }

  private String lastLine() {
    return read(folder.resolve("log")).lines().reduce("no reason was given", (a, b) -> b);
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file).strip() : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("ragline-demo");
    } catch (IOException e) {
      throw CommandException.failed(
          "cannot make a temporary folder; set TMPDIR to a folder that can be written");
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> below = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      folder.toFile().deleteOnExit(); // temporary folders are tidied by the system too
    }
  }
}
