package dev.ragline.ingest;

/**
 * Limits of an ingest.
 *
 * @param maxDocumentBytes the largest document that is taken
 */
public record IngestConfig(int maxDocumentBytes) {
  /** 16 MiB a document. */
  public static final IngestConfig DEFAULT = new IngestConfig(16 << 20);

  public IngestConfig {
    if (maxDocumentBytes < 1) {
      throw new IllegalArgumentException("documents have at least a byte");
    }
  }
}
