package dev.ragline.ingest;

import dev.ragline.document.DocumentId;
import dev.ragline.document.Language;
import dev.ragline.document.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * A document to be written.
 *
 * @param language null for what the corpus says, or what is found out
 * @param title empty for what the document calls itself
 * @param uri may be empty
 * @param etag empty to replace whatever is there
 */
public record Upload(
    DocumentId document,
    MediaType mediaType,
    @Nullable Language language,
    String title,
    String uri,
    String etag,
    byte[] content) {}
