package dev.ragline.client.cli;

import dev.ragline.client.RagClient;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.EmbeddingModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rag corpus show}. */
@Command(
    name = "show",
    description = "Shows a corpus's settings and size.",
    footer = {"", "Example:", "  rag corpus show handbook"})
final class CorpusShowCommand extends ClientCommand {
  @Parameters(paramLabel = "NAME", description = "The corpus.")
  private String name = "";

  CorpusShowCommand(Shell shell) {
    super(shell);
  }

  @Override
  int run(RagClient client) {
    Corpus corpus = client.getCorpus(ResourceArguments.corpus(name));
    if (json()) {
      Json.print(shell.out(), corpus);
      return ExitCode.DONE;
    }
    EmbeddingModel model = corpus.getEmbeddingModel();
    Table table = new Table("name", corpus.getName());
    if (!corpus.getDisplayName().isEmpty()) {
      table.row("called", Text.oneLine(corpus.getDisplayName()));
    }
    if (!States.isActive(corpus)) {
      table.row("state", States.describe(corpus) + ": " + Text.oneLine(corpus.getStateReason()));
      table.print(shell.out());
      return ExitCode.DONE;
    }
    table.row("documents", Long.toString(corpus.getDocumentCount()));
    table.row("chunks", Long.toString(corpus.getChunkCount()));
    table.row("cut by", ChunkingOptions.describe(corpus.getChunking()));
    table.row(
        "model",
        "%s, %d components, reads %d tokens"
            .formatted(model.getName(), model.getDimension(), model.getMaxTokens()));
    table.row("metric", CorpusOptions.describe(corpus.getMetric()));
    table.row("consistency", Level.describe(corpus.getConsistency()));
    if (!corpus.getLanguage().isEmpty()) {
      table.row("language", corpus.getLanguage());
    }
    if (corpus.getMetadataSchemaCount() > 0) {
      table.row("metadata", MetadataFields.describe(corpus.getMetadataSchemaList()));
    }
    if (corpus.hasGeneration()) {
      table.row("answers", GenerationOptions.describe(corpus.getGeneration()));
    }
    if (corpus.getGrounding().hasThreshold()) {
      table.row("threshold", Double.toString(corpus.getGrounding().getThreshold()));
    }
    table.row("created", Timestamps.format(corpus.getCreateTime()));
    table.print(shell.out());
    return ExitCode.DONE;
  }
}
