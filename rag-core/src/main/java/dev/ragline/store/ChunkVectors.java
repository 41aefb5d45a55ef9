package dev.ragline.store;

/**
 * What a chunk's text became in the embedding model.
 *
 * @param vector of the whole text
 * @param sentences of its sentences, where the model tells
 */
public record ChunkVectors(float[] vector, SentenceVectors sentences) {
  /** Of a text whose sentences have no vectors. */
  public static ChunkVectors of(float[] vector) {
    return new ChunkVectors(vector, SentenceVectors.NONE);
  }
}
