package dev.ragline.retrieval;

import dev.ragline.document.RagException;
import org.jspecify.annotations.Nullable;

/**
 * Which of the passages that were found are given.
 *
 * @param minScore passages whose fused score is lower are left out; null leaves none out
 * @param collapse whether of passages with nearly the same text the best stands for all
 * @param maxPerDocument the most passages of one document; 0 for any number
 * @param mmrLambda what the score weighs against being unlike the passages before, 0…1; at 1 the
 *     score alone counts
 */
public record Selection(
    @Nullable Double minScore, boolean collapse, int maxPerDocument, double mmrLambda) {
  /** The best passages as they are ranked. */
  public static final Selection DEFAULT = new Selection(null, false, 0, 1);

  private static final int MOST_PER_DOCUMENT = 100;

  public Selection {
    if (minScore != null && !Double.isFinite(minScore)) {
      throw RagException.invalid("retrieval.selection.min_score", "must be finite");
    }
    if (maxPerDocument < 0 || maxPerDocument > MOST_PER_DOCUMENT) {
      throw RagException.invalid("retrieval.selection.max_per_document", "must be 0 to 100");
    }
    if (!(mmrLambda >= 0 && mmrLambda <= 1)) {
      throw RagException.invalid("retrieval.selection.mmr_lambda", "must be 0 to 1");
    }
  }

  /** Whether it can take another passage than the next best. */
  boolean skips() {
    return collapse || maxPerDocument > 0 || diversifies();
  }

  /** Whether passages are to be unlike each other. */
  boolean diversifies() {
    return mmrLambda < 1;
  }
}
