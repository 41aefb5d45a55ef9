package dev.ragline.evaluation;

import dev.ragline.answering.Answer;
import dev.ragline.document.ChunkId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one question under one configuration.
 *
 * @param placing where what was expected stands
 * @param elapsed how long retrieving took
 * @param answerRank the first passage that contains a right answer, from 1; 0 for none
 * @param found the first passages, where none of the right ones is the first
 * @param answered how answering went; null where it was not asked for
 */
public record Outcome(
    Placing placing,
    Duration elapsed,
    int answerRank,
    List<Found> found,
    @Nullable Answered answered) {
  /**
   * A passage that was found, in short.
   *
   * @param right whether it was expected
   */
  public record Found(ChunkId chunk, String excerpt, boolean right) {}

  /**
   * How answering went.
   *
   * @param right whether the text contains a right answer
   * @param text what was answered; its beginning where it is long
   * @param relevance how likely the passages say anything about the question, 0 to 1; null where
   *     that was not judged
   */
  public record Answered(
      Answer.State state, boolean right, String text, @Nullable Double relevance) {}

  public Outcome {
    found = List.copyOf(found);
  }

  /** The rank of the first right passage; 0 where none was found or none was expected. */
  public int rank() {
    return placing.first();
  }

  /**
   * The rank of the first passage of a right document; 0 for none, or where that is no question.
   */
  public int documentRank() {
    return placing.document() == null ? 0 : placing.document().first();
  }

  /** The rank of the first passage of a right section; 0 for none, or where none was expected. */
  public int sectionRank() {
    return placing.section() == null ? 0 : placing.section().first();
  }

  boolean abstained() {
    return answered != null && answered.state() == Answer.State.ABSTAINED;
  }
}
