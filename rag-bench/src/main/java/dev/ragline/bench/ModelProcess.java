package dev.ragline.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A {@link ModelServer} in a process of its own. */
final class ModelProcess implements AutoCloseable {
  private static final int PORT_COLUMN = 2;
  private static final int STATE_COLUMN = 3;
  private static final String ESTABLISHED = "01";
  private static final Pattern TEXT = Pattern.compile("\"content\":\"[^\"]");

  private final Process process;
  private final int port;
  private final Map<Integer, CompletableFuture<Long>> asked = new ConcurrentHashMap<>();
  private final Map<Integer, CompletableFuture<Long>> gone = new ConcurrentHashMap<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private ModelProcess(Process process, int port, BufferedReader reports) {
    this.process = process;
    this.port = port;
    Thread.ofPlatform().daemon().start(() -> reports.lines().forEach(this::note));
  }

  static ModelProcess start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ModelServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader reports = process.inputReader();
    String line = reports.readLine();
    if (line == null || !line.startsWith("port ")) {
      process.destroyForcibly();
      throw new IOException("the model's server said: " + line);
    }
    return new ModelProcess(process, Integer.parseInt(line.substring(5)), reports);
  }

  private void note(String line) {
    String[] words = line.split(" ", 3);
    int run = Integer.parseInt(words[1]);
    long nanos = Long.parseLong(words[2]);
    (words[0].equals("asked") ? askedAt(run) : goneAt(run)).complete(nanos);
  }

  String url() {
    return "http://127.0.0.1:" + port + "/v1";
  }

  /** When the answer of that run was asked for. */
  CompletableFuture<Long> askedAt(int run) {
    return asked.computeIfAbsent(run, r -> new CompletableFuture<>());
  }

  /** When its client had gone. */
  CompletableFuture<Long> goneAt(int run) {
    return gone.computeIfAbsent(run, r -> new CompletableFuture<>());
  }

  /** Whether the answer of that run was asked for. */
  boolean wasAsked(int run) {
    return asked.containsKey(run) && asked.get(run).isDone();
  }

  /** Waits for one of the two. */
  static long await(CompletableFuture<Long> moment) throws IOException, InterruptedException {
    try {
      return moment.get(30, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException("the model's server did not tell", e);
    }
  }

  /** The request by which an answer was asked for. */
  String body(int run) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/body/" + run)).build(),
            BodyHandlers.ofString())
        .body();
  }

  /**
   * When the first and the last text of an answer came, in nanoseconds after asking.
   *
   * @param texts how many there were
   */
  record Direct(long first, long last, int texts) {}

  /** Asks without anything in between, by the JDK's client. */
  Direct ask(String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/chat/completions"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    long began = System.nanoTime();
    long first = 0;
    long last = 0;
    int texts = 0;
    try (Stream<String> lines = http.send(request, BodyHandlers.ofLines()).body()) {
      var all = lines.iterator();
      while (all.hasNext()) {
        if (TEXT.matcher(all.next()).find()) {
          last = System.nanoTime() - began;
          first = texts++ == 0 ? last : first;
        }
      }
    }
    return new Direct(first, last, texts);
  }

  /** Connections that are open to the model; Linux only. */
  long connections() throws IOException {
    String suffix = String.format(":%04X", port);
    try (var lines = Files.lines(Path.of("/proc/net/tcp"))) {
      long plain = lines.filter(line -> isOpenTo(line, suffix)).count();
      try (var others = Files.lines(Path.of("/proc/net/tcp6"))) {
        return plain + others.filter(line -> isOpenTo(line, suffix)).count();
      }
    }
  }

  private static boolean isOpenTo(String line, String suffix) {
    String[] columns = line.strip().split("\\s+", -1);
    return columns.length > STATE_COLUMN
        && columns[PORT_COLUMN].endsWith(suffix)
        && columns[STATE_COLUMN].equals(ESTABLISHED);
  }

  @Override
  public void close() {
    http.close();
    process.destroy();
  }
}
