package dev.ragline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands of the operating system around {@code rag}. */
final class Commands {
  private static final String JVM_WARNING = "WARNING: Using incubator modules: ";
  private static final long LONGEST_SECONDS = 120;

  private Commands() {}

  /** What a command itself said to standard error; the JVM says a line of its own before. */
  static List<String> said(Rag.Result result) {
    return result.err().lines().filter(line -> !line.startsWith(JVM_WARNING)).toList();
  }

  /** Runs a command to its end. */
  static Rag.Result run(Map<String, String> environment, List<String> command) {
    try {
      Path folder = Scratch.folder("rag-command");
      Process process = start(folder, environment, command);
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError(String.join(" ", command) + " did not end");
      }
      return new Rag.Result(
          process.exitValue(), Rag.read(folder.resolve("out")), Rag.read(folder.resolve("err")));
    } catch (IOException e) {
      return new Rag.Result(127, "", String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Starts a command; its output goes to files in {@code folder}. */
  static Process start(Path folder, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Skips the test by name where a command does not work here; fails where CI is set. */
  static void assumeWorks(String otherwise, String... command) {
    Rag.Result result = run(Map.of(), List.of(command));
    if ("true".equals(System.getenv("CI"))) {
      assertThat(result.exitCode()).as(otherwise + ": " + result.err()).isZero();
    }
    assumeTrue(result.exitCode() == 0, otherwise);
  }
}
