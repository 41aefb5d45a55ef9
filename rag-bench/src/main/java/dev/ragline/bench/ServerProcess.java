package dev.ragline.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code rag serve} on an empty store, or on a Milvus, in a process of its own. */
final class ServerProcess implements AutoCloseable {
  private static final long LONGEST_SECONDS = 60;
  private static final long POLL_MILLIS = 2;
  private static final Pattern HEAP =
      Pattern.compile("committed (?<committed>\\d+)K, used (?<used>\\d+)K");

  private final Process process;
  private final Path folder;
  private final int port;
  private final double portMillis;
  private final double servingMillis;

  private ServerProcess(Process process, Path folder, long began)
      throws IOException, InterruptedException {
    this.process = process;
    this.folder = folder;
    Path portFile = folder.resolve("port");
    while (!Files.exists(portFile)) {
      if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)
          || millisSince(began) > 1000.0 * LONGEST_SECONDS) {
        process.destroyForcibly();
        throw new IOException("no start: " + Files.readString(folder.resolve("log")));
      }
    }
    this.portMillis = millisSince(began);
    this.port = Integer.parseInt(Files.readString(portFile).strip());
    awaitHealth();
    this.servingMillis = millisSince(began);
  }

  static double millisSince(long began) {
    return (System.nanoTime() - began) / 1e6;
  }

  /** Starts a server and waits until it says that it serves. */
  static ServerProcess start(Path dist) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("rag-bench");
    return start(dist, folder, folder.resolve("store").toString(), Map.of());
  }

  /** The same with more in its environment. */
  static ServerProcess start(Path dist, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("rag-bench");
    return start(dist, folder, folder.resolve("store").toString(), environment);
  }

  /** Starts a server on a store that is there. */
  static ServerProcess on(Path dist, Path store) throws IOException, InterruptedException {
    return start(dist, Files.createTempDirectory("rag-bench"), store.toString(), Map.of());
  }

  /** The environment of a server whose answers a model at that address writes. */
  static Map<String, String> llm(String url) {
    return Map.of("RAGLINE_LLM_NAME", url);
  }

  /**
   * Starts a server on a Milvus and waits until it says that it serves.
   *
   * @param prefix what the names of its collections begin with
   */
  static ServerProcess start(Path dist, String store, String prefix)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("rag-bench");
    return start(dist, folder, store, Map.of("RAGLINE_STORE_PREFIX", prefix));
  }

  private static ServerProcess start(
      Path dist, Path folder, String store, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            dist.resolve("rag").toString(),
            "serve",
            "--port",
            "0",
            "--port-file",
            folder.resolve("port").toString(),
            "--store",
            store);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile());
    builder.environment().putAll(environment);
    long began = System.nanoTime();
    return new ServerProcess(builder.start(), folder, began);
  }

  /** A server on a Milvus may come up before it can use it. */
  private void awaitHealth() throws IOException, InterruptedException {
    ManagedChannel channel = ManagedChannelBuilder.forTarget(address()).usePlaintext().build();
    try {
      var health =
          HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(LONGEST_SECONDS, TimeUnit.SECONDS)
              .withWaitForReady();
      while (health.check(HealthCheckRequest.getDefaultInstance()).getStatus()
          != ServingStatus.SERVING) {
        if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new IOException("no start: " + Files.readString(folder.resolve("log")));
        }
      }
    } finally {
      channel.shutdownNow();
    }
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** From the start of the launcher until the port file was there. */
  double portMillis() {
    return portMillis;
  }

  /** From the start of the launcher until the first health check was answered with SERVING. */
  double servingMillis() {
    return servingMillis;
  }

  /** A line of the process's status, for example VmRSS, in MB of 2^20 bytes; Linux only. */
  double memoryMb(String name) throws IOException {
    return memoryMb(process.toHandle(), name);
  }

  /** Files, sockets and the like that it has open; Linux only. */
  long openFiles() throws IOException {
    try (var files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return files.count();
    }
  }

  /** Files that it has in memory; Linux only. */
  long mappings() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/maps"))) {
      return lines.count();
    }
  }

  /** Threads of the operating system; Linux only. */
  long threads() throws IOException {
    try (var threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
      return threads.count();
    }
  }

  /** The same of any process. */
  static double memoryMb(ProcessHandle process, String name) throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
              .filter(line -> line.startsWith(name + ":"))
              .map(line -> line.replaceAll("\\D", ""))
              .mapToLong(Long::parseLong)
              .findFirst()
              .orElseThrow(() -> new IOException("no " + name))
          / 1024.0;
    }
  }

  /**
   * The heap after a collection.
   *
   * @param liveMb what is alive, in MB of 2^20 bytes
   * @param committedMb what the JVM has taken from the system for it
   */
  record Heap(double liveMb, double committedMb) {}

  /** Collects, and tells what is left. */
  Heap heap() throws IOException, InterruptedException {
    jcmd("GC.run");
    Matcher heap = HEAP.matcher(jcmd("GC.heap_info"));
    if (!heap.find()) {
      throw new IOException("jcmd does not tell the heap's use");
    }
    return new Heap(
        Long.parseLong(heap.group("used")) / 1024.0,
        Long.parseLong(heap.group("committed")) / 1024.0);
  }

  /** Processor time so far, in steps of 10 ms. */
  double cpuMillis() {
    return process.toHandle().info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
  }

  /** Threads that work for calls. */
  long callThreads() throws IOException, InterruptedException {
    Path dump = folder.resolve("threads.json");
    String _ = jcmd("Thread.dump_to_file", "-overwrite", "-format=json", dump.toString());
    try (var lines = Files.lines(dump)) {
      return lines.filter(line -> line.matches("\\s*\"name\": \"(call|answer)\",?")).count();
    }
  }

  private String jcmd(String... command) throws IOException, InterruptedException {
    Path java = Path.of(process.toHandle().info().command().orElseThrow());
    List<String> line = new ArrayList<>();
    line.add(java.resolveSibling("jcmd").toString());
    line.add(Long.toString(process.pid()));
    line.addAll(List.of(command));
    Process asked = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(asked.getInputStream().readAllBytes(), UTF_8);
    if (asked.waitFor() != 0) {
      throw new IOException("jcmd " + command[0] + ": " + said);
    }
    return said;
  }

  /** The version of the Java that the server runs on. */
  String javaVersion() throws IOException {
    // The launcher has replaced itself by the JVM.
    Path java = Path.of(process.toHandle().info().command().orElseThrow());
    try (var lines = Files.lines(java.resolveSibling("../release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_RUNTIME_VERSION="))
          .map(line -> line.replaceAll(".*=\"|\"", ""))
          .findFirst()
          .orElse("of unknown version");
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
