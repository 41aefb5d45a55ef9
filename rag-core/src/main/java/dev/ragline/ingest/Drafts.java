package dev.ragline.ingest;

import dev.ragline.document.Sha256;

/**
 * A document that was read and cut.
 *
 * @param revision digest of its content
 * @param sample what its language is found by: all of its text, or its middle
 * @param chunks by ordinal
 * @param texts what is embedded of each
 */
record Drafts(Sha256 revision, String title, String sample, DraftList chunks, ChunkTexts texts)
    implements AutoCloseable {
  @Override
  public void close() {
    chunks.close();
  }
}
