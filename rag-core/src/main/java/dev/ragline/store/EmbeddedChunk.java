package dev.ragline.store;

import dev.ragline.document.Chunk;
import dev.ragline.document.Sha256;

/**
 * A chunk with its vectors.
 *
 * @param embeddedDigest digest of the text that the vectors were made from
 */
public record EmbeddedChunk(Chunk chunk, Sha256 embeddedDigest, ChunkVectors vectors) {
  /** The vector of the whole text. */
  public float[] vector() {
    return vectors.vector();
  }
}
