package dev.ragline.server.config;

import dev.ragline.ingest.IngestConfig;

/**
 * Limits of uploads.
 *
 * @param maxDocumentBytes the largest document that is taken
 * @param maxUploads uploads at once; each may hold a document in memory
 */
public record IngestLimits(int maxDocumentBytes, int maxUploads) {
  public static final IngestLimits DEFAULT =
      new IngestLimits(IngestConfig.DEFAULT.maxDocumentBytes(), 16);

  public IngestLimits {
    ConfigException.require(maxDocumentBytes > 0, "ingest.max-document-bytes", "is less than 1");
    ConfigException.require(maxUploads > 0, "ingest.max-uploads", "is less than 1");
  }
}
