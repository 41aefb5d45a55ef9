package dev.ragline.retrieval;

import dev.ragline.document.Warning;
import java.util.List;

/**
 * A ranking after the reranker.
 *
 * @param ranking best first: what was read, by what the reranker said, then the rest as it was
 * @param read how many were read
 * @param warnings what could not be done as asked
 */
record Reranked(List<FusedCandidate> ranking, int read, List<Warning> warnings) {
  /** One that stayed as it was. */
  static Reranked not(List<FusedCandidate> ranking) {
    return new Reranked(ranking, 0, List.of());
  }

  /** One that stayed as it was, though it should not have. */
  static Reranked not(List<FusedCandidate> ranking, String code, String message) {
    return new Reranked(ranking, 0, List.of(new Warning(code, message)));
  }

  /** What was read. */
  List<FusedCandidate> front() {
    return ranking.subList(0, read);
  }
}
