package dev.ragline.server.config;

import dev.ragline.ingest.IngestConfig;

/**
 * Limits of uploads.
 *
 * @param maxDocumentBytes the largest document that is taken
 * @param maxChunks the most chunks of a document
 * @param maxUploads uploads that hold content at once
 * @param silenceSeconds how long an upload may send nothing
 */
public record IngestLimits(
    int maxDocumentBytes, int maxChunks, int maxUploads, int silenceSeconds) {
  public static final IngestLimits DEFAULT =
      new IngestLimits(
          IngestConfig.DEFAULT.maxDocumentBytes(), IngestConfig.DEFAULT.maxChunks(), 16, 30);

  public IngestLimits {
    ConfigException.require(maxDocumentBytes > 0, "ingest.max-document-bytes", "is less than 1");
    ConfigException.require(maxChunks > 0, "ingest.max-chunks", "is less than 1");
    ConfigException.require(maxUploads > 0, "ingest.max-uploads", "is less than 1");
    ConfigException.require(silenceSeconds > 0, "ingest.silence-seconds", "is less than 1");
  }

  /** What the core looks at. */
  public IngestConfig config() {
    return new IngestConfig(maxDocumentBytes, maxChunks);
  }
}
