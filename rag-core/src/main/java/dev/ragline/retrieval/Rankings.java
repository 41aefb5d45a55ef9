package dev.ragline.retrieval;

import dev.ragline.document.ChunkId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one ranking of those of several queries. A pure function; ties are broken by chunk id.
 *
 * <p>A passage's score is the root mean square of its scores for the queries, and 0 counts where a
 * query did not bring it. So a passage that fits every wording a little better wins over one that
 * fits a single wording well, but a wording that fits nothing hardly drags down what the others
 * found: squares of low scores weigh next to nothing. Ranks alone, as in reciprocal rank fusion,
 * cannot tell the two apart. docs/benchmarks.md has the figures.
 */
final class Rankings {
  private Rankings() {}

  /** The joined ranking, best first; each passage keeps its scores for the query it fits best. */
  static List<FusedCandidate> join(List<List<FusedCandidate>> rankings) {
    if (rankings.size() == 1) {
      return rankings.getFirst();
    }
    Map<ChunkId, List<FusedCandidate>> byChunk = new LinkedHashMap<>();
    double lowest = 0; // distances give scores below zero
    for (List<FusedCandidate> ranking : rankings) {
      for (FusedCandidate candidate : ranking) {
        lowest = Math.min(lowest, candidate.scores().fused());
        byChunk.computeIfAbsent(candidate.chunk().id(), id -> new ArrayList<>()).add(candidate);
      }
    }
    List<FusedCandidate> joined = new ArrayList<>(byChunk.size());
    for (List<FusedCandidate> ofOne : byChunk.values()) {
      joined.add(joined(ofOne, rankings.size(), lowest));
    }
    joined.sort(Fuser.BEST_FIRST);
    return joined;
  }

  private static FusedCandidate joined(List<FusedCandidate> ofOne, int queries, double lowest) {
    FusedCandidate best = ofOne.getFirst();
    double squares = 0;
    for (FusedCandidate candidate : ofOne) {
      double score = candidate.scores().fused() - lowest;
      squares += score * score;
      best = candidate.scores().fused() > best.scores().fused() ? candidate : best;
    }
    Scores its = best.scores();
    double fused = lowest + Math.sqrt(squares / queries);
    return new FusedCandidate(
        best.chunk(), new Scores(its.dense(), its.lexical(), its.evidence(), fused));
  }
}
