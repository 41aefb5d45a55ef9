package dev.ragline.server.grpc;

import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.operation.OperationId;
import java.util.Optional;

/**
 * Reads resource names (AIP-122); what does not fit is INVALID_ARGUMENT for the field it came in.
 */
final class ResourceNames {
  private ResourceNames() {}

  /** A document's name, read. */
  record DocumentName(CorpusId corpus, DocumentId document) {}

  /** A document's or a revision's name, read. */
  record ContentName(CorpusId corpus, DocumentId document, Optional<Sha256> revision) {}

  /** Reads {@code corpora/{corpus}}. */
  static CorpusId corpus(String field, String name) {
    String[] parts = name.split("/", -1);
    if (parts.length != 2 || !parts[0].equals("corpora")) {
      throw RagException.invalid(field, "is not of the form corpora/{corpus}");
    }
    return Fields.at(field, () -> new CorpusId(parts[1]));
  }

  /** Reads {@code operations/{operation}}. */
  static OperationId operation(String field, String name) {
    String[] parts = name.split("/", -1);
    if (parts.length != 2 || !parts[0].equals("operations")) {
      throw RagException.invalid(field, "is not of the form operations/{operation}");
    }
    return Fields.at(field, () -> new OperationId(parts[1]));
  }

  /** Reads {@code corpora/{corpus}/documents/{document}}. */
  static DocumentName document(String field, String name) {
    ContentName content = content(field, name);
    if (content.revision().isPresent()) {
      throw RagException.invalid(field, "names a revision where a document is wanted");
    }
    return new DocumentName(content.corpus(), content.document());
  }

  /**
   * Reads {@code corpora/{corpus}/documents/{document}}, maybe with {@code /revisions/{sha256}}.
   */
  static ContentName content(String field, String name) {
    String[] parts = name.split("/", -1);
    boolean document =
        (parts.length == 4 || parts.length == 6)
            && parts[0].equals("corpora")
            && parts[2].equals("documents");
    if (!document || (parts.length == 6 && !parts[4].equals("revisions"))) {
      throw RagException.invalid(field, "is not of the form corpora/{corpus}/documents/{document}");
    }
    return Fields.at(
        field,
        () ->
            new ContentName(
                new CorpusId(parts[1]),
                new DocumentId(parts[3]),
                parts.length == 6 ? Optional.of(new Sha256(parts[5])) : Optional.empty()));
  }
}
