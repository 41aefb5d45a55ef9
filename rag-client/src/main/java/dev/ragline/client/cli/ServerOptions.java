package dev.ragline.client.cli;

import dev.ragline.client.RagClient;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command which talks to a server takes. */
final class ServerOptions {
  private static final String DEFAULT_SERVER = "localhost:50051";
  private static final int MAX_PORT = 65_535;
  private static final Pattern HOST_PORT =
      Pattern.compile("([^\\s:/]+|\\[[0-9A-Fa-f:.%]+\\]):([0-9]{1,5})");

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      order = 100,
      description = "The server; else $$RAGLINE_SERVER, else " + DEFAULT_SERVER + ".")
  private @Nullable String server;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      order = 101,
      converter = DurationConverter.class,
      description =
          "How long a call may take: 500ms, 30s, 2m, 1h. Else 1m; 5m for ask, 1h for ingest and"
              + " eval.")
  private @Nullable Duration timeout;

  @Option(
      names = "--json",
      order = 102,
      description = "Print protobuf JSON, one message a line; all else goes to standard error.")
  private boolean json;

  /** Where the server is, as given. */
  String server(Shell shell) {
    String fromEnvironment = shell.environment("RAGLINE_SERVER");
    String target =
        server != null ? server : fromEnvironment.isEmpty() ? DEFAULT_SERVER : fromEnvironment;
    if (!target.contains("://") && !isHostAndPort(target)) {
      throw CommandException.usage("the server is given as HOST:PORT, not '" + target + "'");
    }
    return target;
  }

  private static boolean isHostAndPort(String target) {
    Matcher parts = HOST_PORT.matcher(target);
    if (!parts.matches()) {
      return false;
    }
    int port = Integer.parseInt(parts.group(2));
    return port > 0 && port <= MAX_PORT;
  }

  Duration timeout(Duration fallback) {
    return timeout == null ? fallback : timeout;
  }

  boolean json() {
    return json;
  }

  RagClient connect(String target, Duration perCall) {
    return RagClient.builder(target).userAgent("rag-cli").deadline(perCall).build();
  }
}
