package dev.ragline.ingest;

import dev.ragline.document.Content;

/**
 * Limits of an ingest.
 *
 * @param maxDocumentBytes the largest document that is taken
 * @param maxChunks the most chunks of a document
 * @param heldBytes larger documents are read in windows, and what becomes of them is kept in files
 */
public record IngestConfig(int maxDocumentBytes, int maxChunks, int heldBytes) {
  /** Of a document that is held in memory, at most. */
  public static final int HELD_BYTES = 4 << 20;

  private static final int USUAL_CHUNKS = 20_000;

  /** 16 MiB and 20 000 chunks a document. */
  public static final IngestConfig DEFAULT = new IngestConfig(16 << 20);

  public IngestConfig {
    if (maxDocumentBytes < 1 || maxChunks < 1) {
      throw new IllegalArgumentException("documents have at least a byte and a chunk");
    }
  }

  /** With as much of a document in memory as usual. */
  public IngestConfig(int maxDocumentBytes, int maxChunks) {
    this(maxDocumentBytes, maxChunks, HELD_BYTES);
  }

  /** With as many chunks a document as usual. */
  public IngestConfig(int maxDocumentBytes) {
    this(maxDocumentBytes, USUAL_CHUNKS);
  }

  /** Whether a content is too large to be held with all that becomes of it. */
  boolean isLarge(Content content) {
    return content.size() > heldBytes;
  }
}
