package dev.ragline.embedding;

import java.util.List;

/**
 * A passage's vector, and those of its sentences.
 *
 * @param vector of length 1
 * @param sentences in order, each of length 1; fewer than asked for where the model cannot tell
 */
public record PassageEmbedding(float[] vector, List<float[]> sentences) {
  public PassageEmbedding {
    sentences = List.copyOf(sentences);
  }
}
