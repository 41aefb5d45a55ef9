package dev.ragline.document;

/**
 * An embedding model, by what it computes: two models with the same fingerprint give the same
 * vectors.
 *
 * @param name for people
 * @param fingerprint digest over weights, tokenizer and pooling
 * @param dimension components of a vector
 * @param maxTokens tokens of a passage that the model reads at once, beside its special tokens
 */
public record EmbeddingModel(String name, String fingerprint, int dimension, int maxTokens) {
  public EmbeddingModel {
    if (name.isBlank() || fingerprint.isBlank() || dimension < 1 || maxTokens < 1) {
      throw new IllegalArgumentException("not an embedding model: " + name);
    }
  }
}
