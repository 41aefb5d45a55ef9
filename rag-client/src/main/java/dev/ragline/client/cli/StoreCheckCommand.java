package dev.ragline.client.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code rag store check}: hands its arguments to the program that opens stores. */
@Command(
    name = "check",
    description = "Says of each corpus whether it is whole, and what may be done where not.",
    customSynopsis = "rag store check [--store ADDRESS] [--json]",
    footer = {
      "",
      "  --store ADDRESS  a folder, or a Milvus address; as for rag serve",
      "  --json           print JSON, one corpus a line",
      "",
      "Exit codes: 0 all is whole, 1 something is not, 2 wrong usage, 3 Milvus not reachable.",
      "A folder must not be served meanwhile; a Milvus may be.",
      "",
      "Example:",
      "  rag store check --store ./data"
    })
final class StoreCheckCommand implements Callable<Integer> {
  private final Shell shell;

  @Unmatched private List<String> arguments = new ArrayList<>();

  StoreCheckCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws InterruptedException {
    return Launcher.run(shell, List.of("store", "check"), arguments);
  }
}
