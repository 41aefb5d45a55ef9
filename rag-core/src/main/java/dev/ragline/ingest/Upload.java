package dev.ragline.ingest;

import dev.ragline.document.Content;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Language;
import dev.ragline.document.MediaType;
import dev.ragline.document.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * A document to be written.
 *
 * @param language null for what the corpus says, or what is found out
 * @param title empty for what the document calls itself
 * @param uri may be empty
 * @param etag empty to replace whatever is there
 * @param metadata as JSON has it, or as the corpus's schema types it
 */
public record Upload(
    DocumentId document,
    MediaType mediaType,
    @Nullable Language language,
    String title,
    String uri,
    String etag,
    Metadata metadata,
    Content content) {

  /** A document of which nothing is said, held in memory. */
  public Upload(
      DocumentId document,
      MediaType mediaType,
      @Nullable Language language,
      String title,
      String uri,
      String etag,
      byte[] content) {
    this(document, mediaType, language, title, uri, etag, Metadata.EMPTY, Content.of(content));
  }
}
