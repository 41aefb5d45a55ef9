package dev.ragline.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A virtual environment of Python with the packages of a list, made on first use below the
 * repository's {@code target} and kept for later tests and JVMs. Each list has its own.
 */
public final class PythonEnvironment {
  private static final long LONGEST_MINUTES = 8;

  private final Path folder;

  private PythonEnvironment(Path folder) {
    this.folder = folder;
  }

  /** What else an environment holds before it counts as made. */
  @FunctionalInterface
  public interface Addition {
    /** Adds it. */
    void to(PythonEnvironment environment);
  }

  /** An environment with nothing but the packages; see {@link #of(Path, int, Addition)}. */
  public static PythonEnvironment of(Path requirements, int minor) {
    return of(requirements, minor, environment -> {});
  }

  /**
   * The environment with the packages that {@code requirements} lists and nothing that they ask for
   * beside it; see {@link #of(Path, int, Addition)}.
   */
  public static PythonEnvironment exactly(Path requirements, int minor) {
    return of(requirements, minor, List.of("--no-deps"), environment -> {});
  }

  /**
   * The environment with the packages that {@code requirements} lists; the test is skipped where
   * Python 3.{@code minor} or its venv module is missing, or the packages cannot be had.
   */
  public static PythonEnvironment of(Path requirements, int minor, Addition addition) {
    return of(requirements, minor, List.of(), addition);
  }

  private static PythonEnvironment of(
      Path requirements, int minor, List<String> options, Addition addition) {
    try {
      Path environments = Requirements.root().resolve("target/python");
      Files.createDirectories(environments);
      Path folder = environments.resolve(digest(requirements));
      PythonEnvironment environment = new PythonEnvironment(folder);
      // One thread of one JVM at a time: a lock on a file is the whole JVM's.
      synchronized (PythonEnvironment.class) {
        try (FileChannel file =
                FileChannel.open(
                    folder.resolveSibling(folder.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            var lock = file.lock()) {
          if (lock.isValid() && !Files.exists(environment.made())) {
            environment.make(requirements, minor, options, addition);
          }
        }
      }
      return environment;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its Python. */
  public Path python() {
    return folder.resolve("bin/python");
  }

  /** The folder that it is in. */
  public Path folder() {
    return folder;
  }

  /** Runs its Python to the end, which must be a good one. */
  public void run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(python().toString()));
    command.addAll(List.of(arguments));
    String trouble = trouble(command);
    if (!trouble.isEmpty()) {
      throw new IllegalStateException(String.join(" ", command) + ": " + trouble);
    }
  }

  private void make(Path requirements, int minor, List<String> options, Addition addition)
      throws IOException {
    String version = "import sys, venv; sys.exit(sys.version_info < (3, %d))".formatted(minor);
    Requirements.tool(
        trouble(List.of("python3", "-c", version)).isEmpty(),
        "Python 3.%d or later is not there; install python3 with its venv module".formatted(minor));
    String unmade = trouble(List.of("python3", "-m", "venv", "--clear", folder.toString()));
    Requirements.tool(
        unmade.isEmpty(), "python3 -m venv does not work; install python3-venv: " + unmade);
    // What is imported is compiled then, and that is a small part: a quarter of the time is saved.
    List<String> install = new ArrayList<>();
    install.addAll(List.of(python().toString(), "-m", "pip", "install", "-q", "--no-compile"));
    install.addAll(options);
    install.addAll(List.of("-r", requirements.toString()));
    String unfilled = trouble(install);
    Requirements.tool(
        unfilled.isEmpty(), "pip cannot install " + requirements.getFileName() + ": " + unfilled);
    addition.to(this);
    Files.createFile(made());
  }

  /** Written last: an environment without it was given up half-way and is made anew. */
  private Path made() {
    return folder.resolve("made");
  }

  private static String digest(Path requirements) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(requirements));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a command said as it failed, on one line; empty if it did not fail. */
  private static String trouble(List<String> command) {
    try {
      File said = File.createTempFile("python", ".out");
      try {
        Process process =
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said).start();
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
          process.destroyForcibly();
          return "did not end";
        }
        String words = Files.readString(said.toPath(), StandardCharsets.UTF_8).strip();
        return process.exitValue() == 0 ? "" : "it said " + words.replaceAll("\\s+", " ");
      } finally {
        Files.delete(said.toPath());
      }
    } catch (IOException e) {
      return "it could not be run: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
