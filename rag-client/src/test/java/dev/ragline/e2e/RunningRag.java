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

/** A {@code rag} command that may still be running, with its output as it comes. */
final class RunningRag implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);
  private static final long POLL_MILLIS = 20;

  private final Process process;
  private final Path folder;

  private RunningRag(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /** Starts a command; its output goes to files in a folder of its own below {@code parent}. */
  static RunningRag start(Path parent, Map<String, String> environment, String... arguments) {
    try {
      Path folder = Files.createTempDirectory(parent, "run");
      return new RunningRag(Rag.start(folder, environment, List.of(arguments)), folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until standard output holds the text. */
  void awaitOut(String text) throws InterruptedException {
    await("out", text);
  }

  /** Waits until standard error holds the text. */
  void awaitErr(String text) throws InterruptedException {
    await("err", text);
  }

  private void await(String stream, String text) throws InterruptedException {
    Instant until = Instant.now().plus(LONGEST_WAIT);
    while (!read(stream).contains(text)) {
      // Waiting for the process is a pause that ends early when there is nothing to wait for.
      boolean ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if ((ended && !read(stream).contains(text)) || Instant.now().isAfter(until)) {
        throw new AssertionError(
            "no '%s' on %s; out: %s; err: %s".formatted(text, stream, read("out"), read("err")));
      }
    }
  }

  /** Ctrl-C, for this process alone. */
  void interrupt() throws InterruptedException {
    signal("INT", List.of(process.toHandle()));
  }

  /** Ctrl-C as a terminal gives it: for this process and all that it started. */
  void interruptAll() throws InterruptedException {
    signal("INT", processes());
  }

  private static void signal(String name, List<ProcessHandle> processes)
      throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    try {
      var unused = new ProcessBuilder(command).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process and all that it started and that is still there. */
  List<ProcessHandle> processes() {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    return all;
  }

  /** Waits for the command's end. */
  Rag.Result result() throws InterruptedException {
    if (!process.waitFor(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the command did not end; err: " + read("err"));
    }
    return new Rag.Result(process.exitValue(), read("out"), read("err"));
  }

  private String read(String stream) {
    try {
      return Rag.read(folder.resolve(stream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends whatever still runs. */
  @Override
  public void close() {
    processes().forEach(ProcessHandle::destroyForcibly);
  }
}
