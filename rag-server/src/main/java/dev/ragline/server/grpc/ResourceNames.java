package dev.ragline.server.grpc;

import dev.ragline.answering.AnswerId;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.operation.OperationId;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads resource names (AIP-122); what does not fit is INVALID_ARGUMENT for the field it came in.
 */
final class ResourceNames {
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

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

  /** Reads {@code corpora/{corpus}/answers/{answer}}. */
  static AnswerId answer(String field, String name) {
    String[] parts = name.split("/", -1);
    if (parts.length != 4 || !parts[0].equals("corpora") || !parts[2].equals("answers")) {
      throw RagException.invalid(field, "is not of the form corpora/{corpus}/answers/{answer}");
    }
    return Fields.at(field, () -> new AnswerId(new CorpusId(parts[1]), uuid(field, parts[3])));
  }

  private static UUID uuid(String field, String text) {
    if (!UUID_FORM.matcher(text).matches()) {
      throw RagException.invalid(field, "names an answer by what is no UUID");
    }
    return UUID.fromString(text);
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
