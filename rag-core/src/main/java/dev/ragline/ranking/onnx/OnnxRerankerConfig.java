package dev.ragline.ranking.onnx;

import java.nio.file.Path;

/**
 * Which model reranks, and on how many threads.
 *
 * @param folder an exported cross-encoder
 * @param threads inferences at once; each takes one core
 */
public record OnnxRerankerConfig(Path folder, int threads) {
  public OnnxRerankerConfig {
    if (threads < 1) {
      throw new IllegalArgumentException("reranking needs a thread");
    }
  }
}
