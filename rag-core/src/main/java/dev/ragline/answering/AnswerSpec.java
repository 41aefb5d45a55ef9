package dev.ragline.answering;

import dev.ragline.document.GroundingSettings;
import dev.ragline.retrieval.RetrievalSpec;

/**
 * How a question is answered.
 *
 * @param grounding what it leaves open, the corpus says
 */
public record AnswerSpec(RetrievalSpec retrieval, GroundingSettings grounding) {
  /** As the corpus says, from passages that are found in some way. */
  public static AnswerSpec of(RetrievalSpec retrieval) {
    return new AnswerSpec(retrieval, GroundingSettings.DEFAULT);
  }
}
