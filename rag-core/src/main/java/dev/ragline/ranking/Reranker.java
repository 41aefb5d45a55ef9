package dev.ragline.ranking;

import dev.ragline.call.Call;
import java.util.List;

/**
 * Reads a question and a passage together and says how well the one answers the other. A score
 * depends on its own pair alone, bit for bit. Safe for many threads.
 */
public interface Reranker extends AutoCloseable {
  /** The model's name. */
  String model();

  /**
   * How well each passage answers the question, 0…1, in the passages' order. What of a passage does
   * not fit the model is not read.
   *
   * @throws dev.ragline.document.RagException DEADLINE_EXCEEDED or CANCELLED between two passages
   */
  double[] score(String question, List<String> passages, Call call);

  /** Frees the model; calls in flight end first. */
  @Override
  void close();
}
