package dev.ragline.retrieval;

import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.store.Candidate;
import dev.ragline.store.Candidates;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Makes one ranking of two. A pure function; ties are broken by chunk id. By evidence, this is the
 * first look, and {@link EvidenceRanking} takes the second.
 */
final class Fuser {
  static final Comparator<FusedCandidate> BEST_FIRST =
      Comparator.comparingDouble((FusedCandidate c) -> c.scores().fused())
          .reversed()
          .thenComparing(c -> c.chunk().id());

  private Fuser() {}

  /**
   * Ranks what was found, best first; a single search keeps its own scores.
   *
   * @param vectors how much the vectors weigh by evidence; elsewhere, it is in the fusion
   */
  static List<FusedCandidate> fuse(
      Candidates candidates, RetrievalSpec.Mode mode, Fusion fusion, Fusion.Weighted vectors) {
    Map<ChunkId, Double> dense = scores(candidates.dense());
    Map<ChunkId, Double> lexical = scores(candidates.lexical());
    ToDoubleFunction<ChunkId> fused =
        switch (mode) {
          case DENSE -> dense::get;
          case LEXICAL -> lexical::get;
          case HYBRID -> fused(candidates, fusion instanceof Fusion.Evidence ? vectors : fusion);
        };
    Map<ChunkId, Chunk> chunks = new LinkedHashMap<>();
    Stream.concat(candidates.dense().stream(), candidates.lexical().stream())
        .forEach(candidate -> chunks.putIfAbsent(candidate.chunk().id(), candidate.chunk()));
    return chunks.values().stream()
        .map(
            chunk -> {
              ChunkId id = chunk.id();
              double score = fused.applyAsDouble(id);
              return new FusedCandidate(
                  chunk, new Scores(dense.get(id), lexical.get(id), null, score));
            })
        .sorted(BEST_FIRST)
        .toList();
  }

  private static ToDoubleFunction<ChunkId> fused(Candidates candidates, Fusion fusion) {
    return switch (fusion) {
      case Fusion.Evidence _ -> fused(candidates, Fusion.Weighted.DEFAULT);
      case Fusion.Weighted(double weight) -> {
        Map<ChunkId, Double> dense = scores(candidates.dense());
        Map<ChunkId, Double> lexical = relativeToBest(candidates.lexical());
        // What the dense search left out is at most as close as the last that it found.
        double farthest = candidates.dense().isEmpty() ? 0 : candidates.dense().getLast().score();
        yield id ->
            weight * dense.getOrDefault(id, farthest)
                + (1 - weight) * lexical.getOrDefault(id, 0.0);
      }
      case Fusion.ReciprocalRank(double k) -> {
        Map<ChunkId, Double> dense = reciprocalRanks(candidates.dense(), k);
        Map<ChunkId, Double> lexical = reciprocalRanks(candidates.lexical(), k);
        yield id -> dense.getOrDefault(id, 0.0) + lexical.getOrDefault(id, 0.0);
      }
    };
  }

  private static Map<ChunkId, Double> scores(List<Candidate> ranking) {
    Map<ChunkId, Double> scores = new HashMap<>();
    ranking.forEach(candidate -> scores.put(candidate.chunk().id(), candidate.score()));
    return scores;
  }

  private static Map<ChunkId, Double> relativeToBest(List<Candidate> ranking) {
    Map<ChunkId, Double> scores = scores(ranking);
    double best = ranking.isEmpty() ? 1 : ranking.getFirst().score();
    scores.replaceAll((id, score) -> best > 0 ? score / best : 0);
    return scores;
  }

  private static Map<ChunkId, Double> reciprocalRanks(List<Candidate> ranking, double k) {
    Map<ChunkId, Double> scores = new HashMap<>();
    for (int i = 0; i < ranking.size(); i++) {
      scores.put(ranking.get(i).chunk().id(), 1 / (k + i + 1));
    }
    return scores;
  }
}
