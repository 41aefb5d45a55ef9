package dev.ragline.server;

import dev.ragline.document.RagException;
import dev.ragline.server.config.ConfigException;
import dev.ragline.server.config.ConfigLoader;
import dev.ragline.server.config.RaglineConfig;
import dev.ragline.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rag serve}. */
@Command(
    name = "rag serve",
    mixinStandardHelpOptions = true,
    version = "Ragline 0.1.0",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Serves ragline.v1 over gRPC until it is told to stop.",
      "Without any option it needs nothing else: an index in ./data, an embedding model in this"
          + " process, and answers quoted from your documents."
    },
    footer = {
      "",
      "Every option is also a key of the YAML file given with --config, and an environment"
          + " variable:",
      "server.port is RAGLINE_SERVER_PORT. Options win over the environment, and it over the file.",
      "",
      "Examples:",
      "  rag serve --store ~/rag",
      "  RAGLINE_STORE_TOKEN=… rag serve --store https://milvus.example.com:19530",
      "  LEPTONAI_TOKEN=… rag serve --llm lepton",
      "  rag serve --llm http://localhost:11434/v1 --llm-model llama3.2"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  /** What closing may take after the last call has ended. */
  private static final Duration CLOSING = Duration.ofSeconds(2);

  @Option(names = "--config", paramLabel = "FILE", description = "A YAML file with all of this.")
  private @Nullable Path config;

  private final CommandLine line = new CommandLine(this);

  private ServeCommand() {
    ServeFlags.addTo(line.getCommandSpec());
  }

  /** The command as it is run: until SIGTERM or Ctrl-C. */
  static CommandLine commandLine() {
    return new ServeCommand().line;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      Map<String, String> flags = ServeFlags.given(line.getParseResult());
      serve(ConfigLoader.load(config, System.getenv(), flags));
      return 0;
    } catch (ConfigException e) {
      return say(e.getMessage(), WRONG_USAGE);
    } catch (RagException e) {
      return say(e.getMessage() + " (" + e.reason() + ")", FAILED);
    } catch (IOException e) {
      return say("the port file cannot be written: " + e.getMessage(), FAILED);
    }
  }

  private static int say(@Nullable String problem, int exitCode) {
    System.err.println("rag: " + problem);
    return exitCode;
  }

  private static void serve(RaglineConfig config) throws IOException, InterruptedException {
    StopSignal signal = StopSignal.take();
    try (RaglineServer server = RaglineServer.start(config, System.getenv())) {
      ServerConfig edge = config.server();
      signal.drainFirst(edge.lameDuck().plus(edge.drain()).plus(CLOSING));
      writePortFile(edge.portFile(), server.port());
      System.err.printf(
          "Ragline serves on %s:%d (store %s, embedding %s, answers by %s)%n",
          edge.host(),
          server.port(),
          config.store().address(),
          server.embeddingModel(),
          server.writer());
      signal.await();
    }
  }

  /** Written aside and moved, so that whoever waits for it never reads half a number. */
  private static void writePortFile(String name, int port) throws IOException {
    if (name.isBlank()) {
      return;
    }
    Path file = Path.of(name).toAbsolutePath();
    Path aside = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(aside, port + "\n");
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
