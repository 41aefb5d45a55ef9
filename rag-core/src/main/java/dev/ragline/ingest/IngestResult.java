package dev.ragline.ingest;

import dev.ragline.document.Document;

/**
 * The document as it now stands, and what the upload did.
 *
 * @param token for reads that must see it
 */
public record IngestResult(Document document, Receipt receipt, String token) {}
