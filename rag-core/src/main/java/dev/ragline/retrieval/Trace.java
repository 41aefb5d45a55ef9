package dev.ragline.retrieval;

import dev.ragline.document.ChunkId;
import dev.ragline.retrieval.CandidateTrace.Place;
import dev.ragline.store.Candidate;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows every candidate of one question through the rankings: each step tells it what it did. One
 * that nobody asked for keeps nothing. For one thread.
 */
final class Trace {
  private static final Comparator<CandidateTrace> BEST_FIRST =
      Comparator.comparing(Trace::farthest)
          .reversed()
          .thenComparingInt(Trace::lastRank)
          .thenComparing(CandidateTrace::chunk);

  private final boolean wanted;
  private final Map<ChunkId, Steps> candidates = new HashMap<>();

  Trace(boolean wanted) {
    this.wanted = wanted;
  }

  /** What is known of one candidate. */
  private static final class Steps {
    final Map<RankingStage, Place> places = new EnumMap<>(RankingStage.class);
    @Nullable Evidence evidence;
    @Nullable DropReason dropped;
  }

  /** A search found these, best first. */
  void found(RankingStage stage, List<Candidate> ranking) {
    place(stage, ranking, candidate -> candidate.chunk().id(), Candidate::score);
  }

  /** A step ranked these, best first. */
  void ranked(RankingStage stage, List<FusedCandidate> ranking) {
    place(stage, ranking, Trace::id, candidate -> score(stage, candidate.scores()));
    if (wanted) {
      ranking.forEach(one -> steps(id(one)).evidence = one.scores().evidence());
    }
  }

  /** A step left this one, which was in a ranking, out; the last step's reason counts. */
  void dropped(ChunkId chunk, DropReason reason) {
    Steps steps = candidates.get(chunk);
    if (steps != null) {
      steps.dropped = reason;
    }
  }

  /** A step left these out. */
  void dropped(List<FusedCandidate> left, DropReason reason) {
    if (wanted) {
      left.forEach(candidate -> dropped(id(candidate), reason));
    }
  }

  /** Some became passages, and the others did not. */
  void chosen(Chosen chosen) {
    ranked(
        RankingStage.SELECTION, chosen.choices().stream().map(Chosen.Choice::candidate).toList());
    if (wanted) {
      chosen.dropped().forEach(one -> dropped(id(one.candidate()), one.reason()));
    }
  }

  /**
   * What became of every candidate: first what was returned, then what came farthest. What was
   * neither returned, as {@link RankingStage#SELECTION} says, nor left out by a step is below the
   * limit.
   */
  List<CandidateTrace> done() {
    return candidates.entrySet().stream()
        .map(entry -> done(entry.getKey(), entry.getValue()))
        .sorted(BEST_FIRST)
        .toList();
  }

  private static CandidateTrace done(ChunkId chunk, Steps steps) {
    DropReason reason = steps.dropped == null ? DropReason.BELOW_LIMIT : steps.dropped;
    boolean returned = steps.places.containsKey(RankingStage.SELECTION);
    return new CandidateTrace(chunk, steps.places, steps.evidence, returned ? null : reason);
  }

  private <T> void place(
      RankingStage stage,
      List<T> ranking,
      Function<T, ChunkId> id,
      Function<T, @Nullable Double> score) {
    if (!wanted) {
      return;
    }
    for (int i = 0; i < ranking.size(); i++) {
      T one = ranking.get(i);
      Place place = new Place(i + 1, score.apply(one));
      steps(id.apply(one)).places.merge(stage, place, (a, b) -> a.rank() <= b.rank() ? a : b);
    }
  }

  private Steps steps(ChunkId chunk) {
    return candidates.computeIfAbsent(chunk, _ -> new Steps());
  }

  private static ChunkId id(FusedCandidate candidate) {
    return candidate.chunk().id();
  }

  private static @Nullable Double score(RankingStage stage, Scores scores) {
    return switch (stage) {
      case DENSE -> scores.dense();
      case LEXICAL -> scores.lexical();
      case FUSED, EVIDENCE -> Double.valueOf(scores.fused());
      case RERANK -> scores.rerank();
      case SELECTION -> null;
    };
  }

  /** How far it came; every candidate is in a ranking. */
  private static RankingStage farthest(CandidateTrace candidate) {
    return Collections.max(candidate.places().keySet());
  }

  private static int lastRank(CandidateTrace candidate) {
    int rank = 0;
    for (Place place : candidate.places().values()) {
      rank = place.rank();
    }
    return rank;
  }
}
