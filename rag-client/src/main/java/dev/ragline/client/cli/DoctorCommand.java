package dev.ragline.client.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code rag doctor}: hands its arguments to the program that opens stores and models. */
@Command(
    name = "doctor",
    description =
        "Asks the store and every model that serve would use, and says what will go wrong.",
    customSynopsis = "rag doctor [--json] [--config F] [any other option of rag serve]",
    footer = {
      "",
      "  --config F  the file that rag serve gets; options and RAGLINE_* variables as there",
      "  --json      print JSON, a line for each thing that was asked",
      "",
      "Needs no server. Each check ends after 30 seconds, and none hides another. Keys and the",
      "paths of addresses are never shown.",
      "",
      "Exit codes: 0 all answer, 1 something will go wrong, 2 wrong usage.",
      "",
      "Examples:",
      "  rag doctor",
      "  rag doctor --llm ollama --llm-model llama3.2"
    })
final class DoctorCommand implements Callable<Integer> {
  private final Shell shell;

  @Unmatched private List<String> arguments = new ArrayList<>();

  DoctorCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    return Launcher.run(shell, List.of("doctor"), arguments);
  }
}
