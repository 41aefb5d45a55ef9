package dev.ragline.client.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command about one document, given by its id and corpus or by its whole name. */
abstract class OneDocumentCommand extends ClientCommand {
  @Parameters(
      paramLabel = "DOCUMENT",
      description = "Its id as `rag document list` shows it, or corpora/…/documents/….")
  private String document = "";

  @Option(names = "--corpus", paramLabel = "NAME", description = "The corpus of the id.")
  private String corpus = "";

  OneDocumentCommand(Shell shell) {
    super(shell);
  }

  @Override
  void check() {
    var unused = name();
  }

  /** The document's resource name. */
  final String name() {
    return ResourceArguments.document(document, corpus);
  }
}
