package dev.ragline.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the {@code rag} command of the built distribution in a process of its own. */
public final class Rag {
  private static final long LONGEST_SECONDS = 120;

  /** A build that runs in the background of a script ignores Ctrl-C, and hands that down. */
  private static final List<String> INTERRUPTIBLE =
      ignoresInterrupts() ? List.of("env", "--default-signal=INT") : List.of();

  private Rag() {}

  /** How a command ended. */
  public record Result(int exitCode, String out, String err) {
    /** Standard output by lines. */
    public List<String> lines() {
      return out.lines().toList();
    }
  }

  /** The repository's root. */
  public static Path root() {
    return Path.of(System.getProperty("ragline.root", "."));
  }

  /** The launcher in the built distribution. */
  public static Path launcher() {
    return Path.of(System.getProperty("ragline.dist", "target/ragline")).resolve("rag");
  }

  /** Starts a command; its output goes to files in {@code folder}. */
  public static Process start(Path folder, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(INTERRUPTIBLE);
    command.add(launcher().toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Runs a command to its end. */
  public static Result run(Map<String, String> environment, String... arguments) {
    try {
      Path folder = Scratch.folder("rag");
      Process process = start(folder, environment, List.of(arguments));
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(String.join(" ", arguments) + " did not end");
      }
      return new Result(
          process.exitValue(), read(folder.resolve("out")), read(folder.resolve("err")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** Whether this process ignores SIGINT; false where the system does not tell. */
  private static boolean ignoresInterrupts() {
    try (Stream<String> facts = Files.lines(Path.of("/proc/self/status"))) {
      return facts
          .filter(fact -> fact.startsWith("SigIgn:"))
          .anyMatch(fact -> (Long.parseUnsignedLong(fact.substring(7).strip(), 16) & 2) != 0);
    } catch (IOException e) {
      return false;
    }
  }

  static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
