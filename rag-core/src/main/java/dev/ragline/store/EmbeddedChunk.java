package dev.ragline.store;

import dev.ragline.document.Chunk;
import dev.ragline.document.Sha256;

/**
 * A chunk with its vector.
 *
 * @param embeddedDigest digest of the text that the vector was made from
 */
public record EmbeddedChunk(Chunk chunk, Sha256 embeddedDigest, float[] vector) {}
