package dev.ragline.client.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The {@code rag} script, by which a server is started as a process of its own. */
final class Launcher {
  private Launcher() {}

  /** The launcher followed by arguments, not started yet. */
  static ProcessBuilder command(Shell shell, List<String> arguments) {
    String script = shell.environment("RAGLINE_LAUNCHER");
    if (script.isEmpty() || !Files.isRegularFile(Path.of(script))) {
      throw CommandException.failed(
          "the rag script was not found; run this command by it, or say where it is with"
              + " RAGLINE_LAUNCHER");
    }
    List<String> command = new ArrayList<>();
    command.add(script);
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  static Process start(ProcessBuilder command) {
    try {
      return command.start();
    } catch (IOException e) {
      throw CommandException.failed("cannot start " + command.command().get(0));
    }
  }

  /** Runs a command to its end, which Ctrl-C brings about too; returns its exit code. */
  static int run(Shell shell, List<String> command, List<String> arguments)
      throws InterruptedException {
    List<String> all = new ArrayList<>(command);
    all.addAll(arguments);
    Process process = start(command(shell, all).inheritIO());
    shell.onInterrupt(process::destroy);
    int exitCode = process.waitFor();
    return shell.interrupted() ? ExitCode.INTERRUPTED : exitCode;
  }
}
