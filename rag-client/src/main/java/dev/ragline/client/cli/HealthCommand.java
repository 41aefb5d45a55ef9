package dev.ragline.client.cli;

import dev.ragline.client.RagClient;
import picocli.CommandLine.Command;

/** {@code rag health}. */
@Command(
    name = "health",
    description = "Asks a server's health service (grpc.health.v1) whether it serves.",
    footer = {
      "",
      "Exit codes: 0 it serves, 1 it does not, 3 it is not reachable.",
      "",
      "Examples:",
      "  rag health",
      "  rag health --server rag.example.com:50051 --timeout 2s"
    })
final class HealthCommand extends ClientCommand {
  HealthCommand(Shell shell) {
    super(shell);
  }

  @Override
  int run(RagClient client) {
    boolean serving = client.isServing();
    String status = serving ? "SERVING" : "NOT_SERVING";
    shell.out().println(json() ? "{\"status\":\"" + status + "\"}" : status);
    return serving ? ExitCode.DONE : ExitCode.FAILED;
  }
}
