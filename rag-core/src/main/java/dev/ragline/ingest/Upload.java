package dev.ragline.ingest;

import dev.ragline.document.DocumentId;
import dev.ragline.document.MediaType;

/**
 * A document to be written.
 *
 * @param title empty for what the document calls itself
 * @param uri may be empty
 * @param etag empty to replace whatever is there
 */
public record Upload(
    DocumentId document,
    MediaType mediaType,
    String title,
    String uri,
    String etag,
    byte[] content) {}
