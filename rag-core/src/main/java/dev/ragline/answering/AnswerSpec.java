package dev.ragline.answering;

import dev.ragline.document.GenerationSettings;
import dev.ragline.retrieval.RetrievalSpec;

/**
 * How a question is answered.
 *
 * @param generation how the answer is written; what it leaves open, the corpus says
 * @param grounding what the answer must rest on
 */
public record AnswerSpec(
    RetrievalSpec retrieval, GenerationSettings generation, GroundingSpec grounding) {
  /** As the corpus says, from passages that are found in some way. */
  public static AnswerSpec of(RetrievalSpec retrieval) {
    return new AnswerSpec(retrieval, GenerationSettings.NONE, GroundingSpec.DEFAULT);
  }
}
