package dev.ragline.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.client.fake.FakeRagServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs commands in this process against a server on loopback, and keeps what they print. */
final class CommandLineHarness implements AutoCloseable {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

  final FakeRagServer server = new FakeRagServer();
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** How a command ended and what it printed. */
  record Ended(int exitCode, String out, String err) {
    List<String> outLines() {
      return out.lines().toList();
    }

    String lastOutLine() {
      return outLines().get(outLines().size() - 1);
    }
  }

  CommandLineHarness() {
    environment.put("RAGLINE_SERVER", server.address());
  }

  CommandLineHarness with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** The outside as the commands see it; nobody watches. */
  Shell shell() {
    return shell(new Shell.Terminals(false, false));
  }

  Shell shell(Shell.Terminals terminals) {
    return new Shell(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        environment,
        InstantSource.fixed(Instant.EPOCH),
        terminals);
  }

  Ended run(String... arguments) {
    return run(shell(), arguments);
  }

  Ended run(Shell shell, String... arguments) {
    out.reset();
    err.reset();
    int exitCode = Rag.run(shell, arguments);
    return new Ended(exitCode, text(out), text(err));
  }

  /** What was printed so far. */
  String outSoFar() {
    return text(out);
  }

  /** Compares all that a command did with the file of that name; -Dgolden.update=true writes it. */
  static void assertGolden(String name, Ended ended) {
    String actual =
        ended.out() + "--- standard error\n" + ended.err() + "--- exit " + ended.exitCode() + "\n";
    Path file = GOLDEN.resolve(name + ".txt");
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.writeString(file, actual);
      }
      assertThat(actual).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  private String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8).replace(server.address(), "HOST:PORT");
  }
}
