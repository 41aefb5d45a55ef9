package dev.ragline.client.cli;

import dev.ragline.client.RagClient;
import dev.ragline.client.RagClientException;
import dev.ragline.v1.Document;
import dev.ragline.v1.Receipt;
import dev.ragline.v1.UploadHeader;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rag corpus reindex}. */
@Command(
    name = "reindex",
    description = {
      "Reads a corpus's documents anew, as this version of the server does.",
      "",
      "What reads as it did before keeps its vectors. A document that somebody changes meanwhile"
          + " is",
      "left as it is then."
    },
    footer = {"", "Example:", "  rag corpus reindex handbook"})
final class CorpusReindexCommand extends ClientCommand {
  private static final String UNDETERMINED = "und";
  private static final Duration TIMEOUT = Duration.ofHours(1);

  @Parameters(paramLabel = "NAME", description = "The corpus.")
  private String name = "";

  CorpusReindexCommand(Shell shell) {
    super(shell);
  }

  @Override
  Duration usualTimeout() {
    return TIMEOUT;
  }

  @Override
  int run(RagClient client) {
    String corpus = ResourceArguments.corpus(name);
    List<Document> documents = client.listDocuments(corpus).toList();
    Receipt.Builder sum = Receipt.newBuilder();
    int failed = 0;
    for (Document document : documents) {
      try {
        Receipt receipt = reindex(client, document);
        Receipts.add(sum, receipt);
        sum.setConsistencyToken(receipt.getConsistencyToken());
      } catch (RagClientException e) {
        if (e.isServerUnreachable()) {
          throw e;
        }
        failed++;
        shell.note(Text.oneLine(document.getName()) + ": " + CommandException.describe(e));
      }
    }
    if (json()) {
      Json.print(shell.out(), sum);
    } else {
      shell
          .out()
          .println(
              "read %s of %s anew: %d added, %d changed, %d unchanged, %d removed, %d embedded"
                  .formatted(
                      Text.count(documents.size() - failed, "document"),
                      corpus,
                      sum.getAdded(),
                      sum.getChanged(),
                      sum.getUnchanged(),
                      sum.getRemoved(),
                      sum.getEmbedded()));
    }
    return failed == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** Sends a document's own bytes again, with all that is said of it. */
  private static Receipt reindex(RagClient client, Document document) {
    byte[] content = client.documentContent(document.getRevision(), null);
    UploadHeader.Builder header =
        UploadHeader.newBuilder()
            .setDocument(document.getName())
            .setMediaType(document.getMediaType())
            .setTitle(document.getTitle())
            .setUri(document.getUri())
            .setEtag(document.getEtag());
    if (!document.getLanguage().equals(UNDETERMINED)) {
      header.setLanguage(document.getLanguage());
    }
    if (document.hasMetadata()) {
      header.setMetadata(document.getMetadata());
    }
    return client.upload(header.build(), content).getReceipt();
  }
}
