package dev.ragline.evaluation;

import dev.ragline.answering.Answer;
import dev.ragline.document.ChunkId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one question under one configuration.
 *
 * @param ranks where what was expected stands; null where nothing was
 * @param elapsed how long retrieving took
 * @param answerRank the first passage that contains a right answer, from 1; 0 for none
 * @param found the first passages, where none of the right ones is the first
 * @param answered how answering went; null where it was not asked for
 */
public record Outcome(
    @Nullable Ranks ranks,
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
   */
  public record Answered(Answer.State state, boolean right) {}

  public Outcome {
    found = List.copyOf(found);
  }

  /** The rank of the first right passage; 0 where none was found or none was expected. */
  public int rank() {
    return ranks == null ? 0 : ranks.first();
  }

  boolean abstained() {
    return answered != null && answered.state() == Answer.State.ABSTAINED;
  }
}
