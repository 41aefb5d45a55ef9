package dev.ragline.client.cli;

import dev.ragline.client.RagClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rag ingest}: brings files into a corpus. */
@Command(
    name = "ingest",
    description = "Puts files and folders into a corpus, which is created where it is absent.",
    footer = {
      "",
      "Folders are searched for *.md, *.markdown and *.txt; hidden files are left out. A"
          + " document's",
      "id is its path below the folder with / as ~. Running it again sends everything again, but",
      "embeds only what has changed. Documents that are gone from a folder stay in the corpus",
      "unless --prune says otherwise.",
      "",
      "The last line of --json holds the receipt summed over all documents, and the consistency",
      "token of the last write.",
      "",
      "Examples:",
      "  rag ingest docs/ --corpus handbook",
      "  rag ingest docs/ --corpus handbook --prune",
      "  rag ingest docs/ --corpus handbook --metadata-schema team:string --metadata team=search",
      "  rag ingest faq.md --corpus faq --recreate --chunking separator --separator '# '"
    })
final class IngestCommand extends ClientCommand {
  private static final Duration TIMEOUT = Duration.ofHours(1);

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
  private List<Path> paths = List.of();

  @Option(
      names = "--corpus",
      required = true,
      paramLabel = "NAME",
      description = "The corpus to put them in.")
  private String corpus = "";

  @Option(names = "--recreate", description = "Delete the corpus first.")
  private boolean recreate;

  @Option(
      names = "--prune",
      description = "Delete the documents of the corpus that are not in the folders given.")
  private boolean prune;

  @Mixin private final CorpusOptions settings = new CorpusOptions();

  @Mixin private final MetadataOptions metadata = new MetadataOptions();

  IngestCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    settings.check();
    metadata.check();
    var unused = ResourceArguments.corpus(corpus);
    if (prune && !paths.stream().allMatch(Files::isDirectory)) {
      throw CommandException.usage("--prune goes with folders only");
    }
  }

  @Override
  Duration usualTimeout() {
    return TIMEOUT;
  }

  @Override
  int run(RagClient client) {
    SourceFiles found = SourceFiles.find(paths);
    if (found.files().isEmpty()) {
      found.problems().forEach(shell::note);
      throw CommandException.failed("there is no *.md, *.markdown or *.txt file to ingest");
    }
    Ingest.Plan plan =
        new Ingest.Plan(
            ResourceArguments.corpus(corpus),
            settings.asked(),
            metadata,
            recreate,
            paths.stream().anyMatch(Files::isDirectory),
            prune,
            json());
    return new Ingest(shell, client, plan).run(found);
  }
}
