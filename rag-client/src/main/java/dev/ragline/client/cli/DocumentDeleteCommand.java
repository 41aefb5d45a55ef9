package dev.ragline.client.cli;

import dev.ragline.client.RagClient;
import dev.ragline.v1.DeleteDocumentResponse;
import picocli.CommandLine.Command;

/** {@code rag document delete}. */
@Command(
    name = "delete",
    description = "Deletes a document; no question finds it from then on.",
    footer = {"", "Example:", "  rag document delete guide~start.md --corpus handbook"})
final class DocumentDeleteCommand extends OneDocumentCommand {
  DocumentDeleteCommand(Shell shell) {
    super(shell);
  }

  @Override
  int run(RagClient client) {
    DeleteDocumentResponse gone = client.deleteDocument(name());
    if (json()) {
      Json.printWithZeros(shell.out(), gone);
    } else {
      shell
          .out()
          .println(
              "deleted %s (%s)"
                  .formatted(Text.oneLine(name()), Text.count(gone.getRemoved(), "chunk")));
    }
    return ExitCode.DONE;
  }
}
