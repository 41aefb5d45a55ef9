package dev.ragline.document;

import java.util.Set;

/**
 * An embedding model, by what it computes: two models with matching fingerprints give the same
 * vectors.
 *
 * @param name for people
 * @param fingerprint as {@link ModelFingerprint} says
 * @param dimension components of a vector
 * @param maxTokens tokens of a passage that the model reads at once, beside its special tokens
 * @param formerFingerprints what corpora may carry that earlier versions made with this model
 */
public record EmbeddingModel(
    String name, String fingerprint, int dimension, int maxTokens, Set<String> formerFingerprints) {
  public EmbeddingModel {
    if (name.isBlank() || fingerprint.isBlank() || dimension < 1 || maxTokens < 1) {
      throw new IllegalArgumentException("not an embedding model: " + name);
    }
    formerFingerprints = Set.copyOf(formerFingerprints);
  }

  /** One that has always had the same fingerprint. */
  public EmbeddingModel(String name, String fingerprint, int dimension, int maxTokens) {
    this(name, fingerprint, dimension, maxTokens, Set.of());
  }

  /** Whether its vectors can be compared with those that a corpus was built with. */
  public boolean canServe(EmbeddingModel builtWith) {
    return dimension == builtWith.dimension
        && (ModelFingerprint.match(fingerprint, builtWith.fingerprint)
            || formerFingerprints.contains(builtWith.fingerprint));
  }
}
