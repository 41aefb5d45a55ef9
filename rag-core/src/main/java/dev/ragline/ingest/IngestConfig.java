package dev.ragline.ingest;

/**
 * Limits of an ingest.
 *
 * @param maxDocumentBytes the largest document that is taken
 * @param maxChunks the most chunks of a document
 */
public record IngestConfig(int maxDocumentBytes, int maxChunks) {
  private static final int USUAL_CHUNKS = 20_000;

  /** 16 MiB and 20 000 chunks a document. */
  public static final IngestConfig DEFAULT = new IngestConfig(16 << 20);

  public IngestConfig {
    if (maxDocumentBytes < 1 || maxChunks < 1) {
      throw new IllegalArgumentException("documents have at least a byte and a chunk");
    }
  }

  /** With as many chunks a document as usual. */
  public IngestConfig(int maxDocumentBytes) {
    this(maxDocumentBytes, USUAL_CHUNKS);
  }
}
