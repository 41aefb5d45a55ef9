package dev.ragline.ingest;

import dev.ragline.document.DocumentId;
import dev.ragline.document.MediaType;
import dev.ragline.document.Metadata;

/**
 * A document to be written.
 *
 * @param title empty for what the document calls itself
 * @param uri may be empty
 * @param etag empty to replace whatever is there
 * @param metadata as JSON has it, or as the corpus's schema types it
 */
public record Upload(
    DocumentId document,
    MediaType mediaType,
    String title,
    String uri,
    String etag,
    Metadata metadata,
    byte[] content) {

  /** A document of which nothing is said. */
  public Upload(
      DocumentId document,
      MediaType mediaType,
      String title,
      String uri,
      String etag,
      byte[] content) {
    this(document, mediaType, title, uri, etag, Metadata.EMPTY, content);
  }
}
