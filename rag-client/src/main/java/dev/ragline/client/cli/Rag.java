package dev.ragline.client.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code rag} command line. */
@Command(
    name = "rag",
    description = "Answers questions from your own documents, with sources that can be checked.",
    versionProvider = Version.class,
    footer = {
      "",
      "Exit codes: 0 done, 1 the work failed, 2 wrong usage, 3 server not reachable,",
      "4 no answer in the corpus, 130 interrupted.",
      "",
      "Examples:",
      "  rag demo",
      "  rag serve",
      "  rag ingest docs/ --corpus handbook",
      "  rag ask \"How is data stored?\" --corpus handbook"
    })
public final class Rag extends Group {
  private static final int HELP_WIDTH = 100;
  private static final long LAST_WORDS_SECONDS = 15;

  // gRPC's own log says nothing that our messages do not. Held, so that the level is not forgotten.
  private static final Logger GRPC_LOG = Logger.getLogger("io.grpc");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      order = 103,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli asks for it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  @SuppressWarnings("UnusedVariable") // picocli asks for it
  private boolean version;

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    GRPC_LOG.setLevel(Level.OFF);
    Shell shell = Shell.system();
    CountDownLatch finished = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> giveUp(shell, finished)));
    int exitCode = run(shell, arguments);
    finished.countDown();
    System.exit(exitCode);
  }

  /** Runs one command and returns its exit code. */
  static int run(Shell shell, String... arguments) {
    return commandLine(shell).execute(arguments);
  }

  /** On Ctrl-C: has the work stopped, and waits for its last words. After the end: nothing. */
  private static void giveUp(Shell shell, CountDownLatch finished) {
    if (finished.getCount() == 0) {
      return;
    }
    shell.interrupt();
    try {
      var unused = finished.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static CommandLine commandLine(Shell shell) {
    CommandLine rag = commands(shell);
    arrange(rag);
    return rag.setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(HELP_WIDTH)
        .setColorScheme(Help.defaultColorScheme(shell.coloured() ? Ansi.ON : Ansi.OFF))
        .setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((failure, arguments) -> misused(shell, failure))
        .setExecutionExceptionHandler((failure, command, parsed) -> failed(shell, failure));
  }

  /** Help shows a command's own options first, then those that all commands share. */
  private static void arrange(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .sortOptions(false)
        .sortSynopsis(false)
        .parameterListHeading("%n")
        .commandListHeading("%nCommands:%n");
    command.getSubcommands().values().forEach(Rag::arrange);
  }

  private static CommandLine commands(Shell shell) {
    CommandLine corpus =
        new CommandLine(new CorpusCommand())
            .addSubcommand(new CorpusListCommand(shell))
            .addSubcommand(new CorpusShowCommand(shell))
            .addSubcommand(new CorpusUpdateCommand(shell))
            .addSubcommand(new CorpusDeleteCommand(shell))
            .addSubcommand(new CorpusReindexCommand(shell))
            .addSubcommand(new CorpusCopyCommand(shell));
    CommandLine document =
        new CommandLine(new DocumentCommand())
            .addSubcommand(new DocumentListCommand(shell))
            .addSubcommand(new DocumentShowCommand(shell))
            .addSubcommand(new DocumentContentCommand(shell))
            .addSubcommand(new DocumentDeleteCommand(shell));
    CommandLine store =
        new CommandLine(new StoreCommand()).addSubcommand(new StoreCheckCommand(shell));
    return new CommandLine(new Rag())
        .addSubcommand(new DemoCommand(shell))
        .addSubcommand(new ServeCommand(shell))
        .addSubcommand(new DoctorCommand(shell))
        .addSubcommand(new HealthCommand(shell))
        .addSubcommand(new IngestCommand(shell))
        .addSubcommand(new AskCommand(shell))
        .addSubcommand(new AnswerCommand(shell))
        .addSubcommand(new VerifyCommand(shell))
        .addSubcommand(new SearchCommand(shell))
        .addSubcommand(new EvalCommand(shell))
        .addSubcommand(corpus)
        .addSubcommand(document)
        .addSubcommand(store)
        .addSubcommand(new CompletionCommand(shell));
  }

  private static int misused(Shell shell, ParameterException failure) {
    String hint = "; see: " + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help";
    if (failure instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      hint = suggestions.isEmpty() ? hint : "; did you mean " + suggestions.get(0) + "?";
    }
    shell.note(Text.oneLine(String.valueOf(failure.getMessage())) + hint);
    return ExitCode.USAGE;
  }

  private static int failed(Shell shell, Exception failure) {
    if (shell.interrupted()) {
      return ExitCode.INTERRUPTED;
    }
    if (failure instanceof CommandException known) {
      shell.note(Text.oneLine(String.valueOf(known.getMessage())));
      return known.exitCode();
    }
    shell.note("this should not have happened: " + Text.oneLine(failure.toString()));
    return ExitCode.FAILED;
  }
}
