package dev.ragline.ingest;

import dev.ragline.document.Document;
import dev.ragline.document.Warning;
import java.util.List;

/**
 * The document as it now stands, and what the upload did.
 *
 * @param token for reads that must see it
 * @param warnings what of the document could not be taken
 */
public record IngestResult(
    Document document, Receipt receipt, String token, List<Warning> warnings) {
  public IngestResult {
    warnings = List.copyOf(warnings);
  }
}
