package dev.ragline.admission;

import dev.ragline.document.RagException;
import dev.ragline.retrieval.RetrievalSpec;
import dev.ragline.transform.Turn;
import java.nio.charset.StandardCharsets;

/**
 * What a question may ask for, and how many there may be; 0 for any number.
 *
 * @param passages the most that a question may ask for
 * @param historyBytes the most of all turns together, in UTF-8
 * @param questionsPerMinute of all corpora together
 * @param corpusQuestionsPerMinute of each corpus
 * @param tokensPerMinute that language models may read and write for all corpora together
 * @param corpusTokensPerMinute the same for each corpus
 */
public record AdmissionLimits(
    int passages,
    int historyBytes,
    int questionsPerMinute,
    int corpusQuestionsPerMinute,
    int tokensPerMinute,
    int corpusTokensPerMinute) {
  /** None but those that every question has. */
  public static final AdmissionLimits NONE = new AdmissionLimits(0, 0, 0, 0, 0, 0);

  /**
   * Refuses what asks for too much.
   *
   * @throws RagException INVALID_ARGUMENT
   */
  void check(RetrievalSpec spec) {
    if (passages > 0 && spec.limit() > passages) {
      throw RagException.invalid(
          "retrieval.limit", "this server gives at most %d passages".formatted(passages));
    }
    long bytes = 0;
    for (Turn turn : spec.transforms().history()) {
      bytes += turn.text().getBytes(StandardCharsets.UTF_8).length;
    }
    if (historyBytes > 0 && bytes > historyBytes) {
      throw RagException.invalid(
          "history",
          "has %d bytes, and this server takes at most %d".formatted(bytes, historyBytes));
    }
  }
}
