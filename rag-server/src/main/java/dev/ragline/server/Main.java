package dev.ragline.server;

import java.util.Arrays;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;

/** What the server's jar runs: the commands of {@code rag} that open stores themselves. */
public final class Main {
  private Main() {}

  /** Runs the command that the first argument names, and ends the process with its exit code. */
  public static void main(String[] arguments) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    String name = arguments.length == 0 ? "" : arguments[0];
    CommandLine command =
        switch (name) {
          case "serve" -> ServeCommand.commandLine();
          case "copy" -> CopyCommand.commandLine();
          case "check" -> CheckCommand.commandLine();
          case "doctor" -> DoctorCommand.commandLine();
          default ->
              throw new IllegalArgumentException(
                  "the first argument is serve, copy, check or doctor");
        };
    System.exit(command.execute(Arrays.copyOfRange(arguments, 1, arguments.length)));
  }
}
