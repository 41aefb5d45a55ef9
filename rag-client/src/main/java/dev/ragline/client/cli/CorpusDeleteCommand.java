package dev.ragline.client.cli;

import dev.ragline.client.RagClient;
import dev.ragline.v1.DeleteCorpusResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rag corpus delete}. */
@Command(
    name = "delete",
    description = "Deletes a corpus with all its documents, at once and for good.",
    footer = {"", "Example:", "  rag corpus delete handbook"})
final class CorpusDeleteCommand extends ClientCommand {
  @Parameters(paramLabel = "NAME", description = "The corpus.")
  private String name = "";

  CorpusDeleteCommand(Shell shell) {
    super(shell);
  }

  @Override
  int run(RagClient client) {
    String corpus = ResourceArguments.corpus(name);
    client.deleteCorpus(corpus);
    if (json()) {
      Json.print(shell.out(), DeleteCorpusResponse.getDefaultInstance());
    } else {
      shell.out().println("deleted " + corpus);
    }
    return ExitCode.DONE;
  }
}
