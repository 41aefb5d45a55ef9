package dev.ragline.server;

import dev.ragline.execution.Execution;
import dev.ragline.server.config.ConfigException;
import dev.ragline.server.config.ConfigLoader;
import dev.ragline.server.config.RaglineConfig;
import dev.ragline.server.doctor.Checked;
import dev.ragline.server.doctor.Doctor;
import dev.ragline.server.doctor.DoctorReport;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rag doctor}: asks all that is configured one small thing, without a server. */
@Command(
    name = "rag doctor",
    mixinStandardHelpOptions = true,
    version = "Ragline 0.1.0",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description = {
      "Asks the store and every model that rag serve would use one small thing each, and says what"
          + " answers, how fast, and what will go wrong.",
      "Takes what rag serve takes: the same options, file and environment. A write into the store"
          + " goes to a corpus of its own, which is deleted again. Each check ends after 30"
          + " seconds."
    },
    footer = {
      "",
      "Keys and the paths of addresses are never shown.",
      "",
      "Exit codes: 0 all answer, 1 something will go wrong, 2 wrong usage.",
      "",
      "Examples:",
      "  rag doctor",
      "  rag doctor --config ragline.yaml",
      "  rag doctor --embedding http://localhost:11434/v1 --embedding-model bge-m3",
      "  RAGLINE_LLM_KEY=… rag doctor --llm https://llm.example.com/v1 --llm-model mistral-7b"
    })
final class DoctorCommand implements Callable<Integer> {
  private static final int WRONG = 1;
  private static final int WRONG_USAGE = 2;

  @Option(names = "--config", paramLabel = "FILE", description = "A YAML file with all of this.")
  private @Nullable Path config;

  @Option(names = "--json", description = "Print JSON, a line for each thing that was asked.")
  private boolean json;

  private final Map<String, String> environment;
  private final Duration limit;
  private final PrintStream out;
  private final PrintStream err;
  private final CommandLine line = new CommandLine(this);

  private DoctorCommand(
      Map<String, String> environment, Duration limit, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.limit = limit;
    this.out = out;
    this.err = err;
    ServeFlags.addTo(line.getCommandSpec());
    line.setParameterExceptionHandler(
        (failure, arguments) -> say(failure.getMessage() + "; see: rag doctor --help"));
  }

  /** The command as it is run. */
  static CommandLine commandLine() {
    return commandLine(System.getenv(), Doctor.LIMIT, System.out, System.err);
  }

  /**
   * The command in other surroundings.
   *
   * @param limit what each check may take
   */
  static CommandLine commandLine(
      Map<String, String> environment, Duration limit, PrintStream out, PrintStream err) {
    return new DoctorCommand(environment, limit, out, err).line;
  }

  @Override
  public Integer call() {
    try {
      Map<String, String> flags = ServeFlags.given(line.getParseResult());
      return examine(ConfigLoader.load(config, environment, flags));
    } catch (ConfigException e) {
      return say(e.getMessage());
    }
  }

  private int examine(RaglineConfig configured) {
    try (Execution execution = new Execution(configured.compute().effectiveCores())) {
      DoctorChecks checks = new DoctorChecks(configured, environment, execution);
      List<Checked> checked = Doctor.examine(checks.all(), limit);
      DoctorReport report = new DoctorReport(checked, checks.hidden());
      if (json) {
        report.printJson(out);
      } else {
        report.printText(out);
      }
      return report.isWell() ? 0 : WRONG;
    }
  }

  private int say(@Nullable String problem) {
    err.println("rag: " + problem);
    return WRONG_USAGE;
  }
}
