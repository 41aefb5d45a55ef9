package dev.ragline.embedding.onnx;

/**
 * Which model embeds, and on how many threads.
 *
 * @param model a bundled model's name or a folder
 * @param threads inferences at once; each takes one core
 */
public record OnnxEmbeddingConfig(String model, int threads) {
  public OnnxEmbeddingConfig {
    if (threads < 1) {
      throw new IllegalArgumentException("embedding needs a thread");
    }
  }
}
