package dev.ragline.client.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One document, by its id and corpus or by its whole name. */
final class DocumentArgument {
  @Parameters(
      paramLabel = "DOCUMENT",
      description = "Its id as `rag document list` shows it, or corpora/…/documents/….")
  private String document = "";

  @Option(names = "--corpus", paramLabel = "NAME", description = "The corpus of the id.")
  private String corpus = "";

  /** The document's resource name. */
  String name() {
    return ResourceArguments.document(document, corpus);
  }
}
