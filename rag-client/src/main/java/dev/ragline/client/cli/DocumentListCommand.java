package dev.ragline.client.cli;

import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.v1.Document;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rag document list}. */
@Command(
    name = "list",
    description = "Lists a corpus's documents by name.",
    footer = {"", "Example:", "  rag document list --corpus handbook"})
final class DocumentListCommand extends ClientCommand {
  @Option(names = "--corpus", required = true, paramLabel = "NAME", description = "The corpus.")
  private String corpus = "";

  DocumentListCommand(Shell shell) {
    super(shell);
  }

  @Override
  int run(RagClient client) {
    try (Stream<Document> documents = client.listDocuments(ResourceArguments.corpus(corpus))) {
      if (json()) {
        documents.forEach(document -> Json.print(shell.out(), document));
      } else {
        Table table = new Table("DOCUMENT", "CHUNKS", "BYTES", "TITLE");
        documents.forEach(
            document ->
                table.row(
                    Text.oneLine(Names.documentId(document.getName())),
                    Integer.toString(document.getChunkCount()),
                    Long.toString(document.getSize()),
                    Text.oneLine(document.getTitle())));
        table.print(shell.out());
      }
    }
    return ExitCode.DONE;
  }
}
