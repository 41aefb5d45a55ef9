package dev.ragline.client.cli;

import dev.ragline.client.Names;
import dev.ragline.client.RagClient;
import dev.ragline.v1.Corpus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code rag corpus list}. */
@Command(
    name = "list",
    description = "Lists all corpora by name.",
    footer = {"", "Examples:", "  rag corpus list", "  rag corpus list --json | jq -r .name"})
final class CorpusListCommand extends ClientCommand {
  CorpusListCommand(Shell shell) {
    super(shell);
  }

  @Override
  int run(RagClient client) {
    try (Stream<Corpus> corpora = client.listCorpora()) {
      if (json()) {
        corpora.forEach(corpus -> Json.print(shell.out(), corpus));
      } else {
        Table table = new Table("CORPUS", "DOCUMENTS", "CHUNKS", "CUT BY", "MODEL");
        List<String> notes = new ArrayList<>();
        corpora.forEach(
            corpus -> {
              if (States.isActive(corpus)) {
                row(table, corpus);
              } else {
                table.row(Names.corpusId(corpus.getName()), "-", "-", "-", States.describe(corpus));
                notes.add(States.note(corpus));
              }
            });
        table.print(shell.out());
        notes.forEach(shell::note);
      }
    }
    return ExitCode.DONE;
  }

  private static void row(Table table, Corpus corpus) {
    table.row(
        Names.corpusId(corpus.getName()),
        Long.toString(corpus.getDocumentCount()),
        Long.toString(corpus.getChunkCount()),
        ChunkingOptions.describe(corpus.getChunking()),
        corpus.getEmbeddingModel().getName());
  }
}
