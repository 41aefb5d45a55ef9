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
import org.jspecify.annotations.Nullable;

/** Makes one ranking of two. A pure function; ties are broken by chunk id. */
final class Fuser {
  private static final Comparator<FusedCandidate> BEST_FIRST =
      Comparator.comparingDouble((FusedCandidate c) -> c.scores().fused())
          .reversed()
          .thenComparing(c -> c.chunk().id());

  private Fuser() {}

  /** Ranks what was found, best first; a single search keeps its own scores. */
  static List<FusedCandidate> fuse(Candidates candidates, RetrievalSpec.Mode mode, Fusion fusion) {
    Map<ChunkId, Double> dense = scores(candidates.dense());
    Map<ChunkId, Double> lexical = scores(candidates.lexical());
    ToDoubleFunction<ChunkId> fused =
        switch (mode) {
          case DENSE -> dense::get;
          case LEXICAL -> lexical::get;
          case HYBRID -> fused(candidates, fusion);
        };
    Map<ChunkId, Chunk> chunks = new LinkedHashMap<>();
    Stream.concat(candidates.dense().stream(), candidates.lexical().stream())
        .forEach(candidate -> chunks.putIfAbsent(candidate.chunk().id(), candidate.chunk()));
    return chunks.values().stream()
        .map(
            chunk -> {
              ChunkId id = chunk.id();
              double score = fused.applyAsDouble(id);
              return new FusedCandidate(chunk, new Scores(dense.get(id), lexical.get(id), score));
            })
        .sorted(BEST_FIRST)
        .toList();
  }

  private static ToDoubleFunction<ChunkId> fused(Candidates candidates, Fusion fusion) {
    return switch (fusion) {
      case Fusion.Weighted(double weight) -> {
        Map<ChunkId, Double> dense = scaled(candidates.dense());
        Map<ChunkId, Double> lexical = scaled(candidates.lexical());
        yield id -> weight * orZero(dense.get(id)) + (1 - weight) * orZero(lexical.get(id));
      }
      case Fusion.ReciprocalRank(double k) -> {
        Map<ChunkId, Double> dense = reciprocalRanks(candidates.dense(), k);
        Map<ChunkId, Double> lexical = reciprocalRanks(candidates.lexical(), k);
        yield id -> orZero(dense.get(id)) + orZero(lexical.get(id));
      }
    };
  }

  private static double orZero(@Nullable Double score) {
    return score == null ? 0 : score;
  }

  private static Map<ChunkId, Double> scores(List<Candidate> ranking) {
    Map<ChunkId, Double> scores = new HashMap<>();
    ranking.forEach(candidate -> scores.put(candidate.chunk().id(), candidate.score()));
    return scores;
  }

  /** Scores moved to 0…1; all are 1 when they are all the same. */
  private static Map<ChunkId, Double> scaled(List<Candidate> ranking) {
    Map<ChunkId, Double> scores = scores(ranking);
    double min = ranking.stream().mapToDouble(Candidate::score).min().orElse(0);
    double max = ranking.stream().mapToDouble(Candidate::score).max().orElse(0);
    scores.replaceAll((id, score) -> max > min ? (score - min) / (max - min) : 1.0);
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
