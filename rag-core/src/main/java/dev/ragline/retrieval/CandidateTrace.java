package dev.ragline.retrieval;

import dev.ragline.document.ChunkId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of a chunk that a search brought.
 *
 * @param places in each ranking that had it, in the order of the stages
 * @param evidence what a close look at its text said; null where none was taken
 * @param dropped why it was not returned; null for one that was
 */
public record CandidateTrace(
    ChunkId chunk,
    Map<RankingStage, Place> places,
    @Nullable Evidence evidence,
    @Nullable DropReason dropped) {
  /**
   * A place in one ranking.
   *
   * @param rank from 1
   * @param score what the ranking is ordered by; null where it has none of its own
   */
  public record Place(int rank, @Nullable Double score) {}

  public CandidateTrace {
    Map<RankingStage, Place> ordered = new EnumMap<>(RankingStage.class);
    ordered.putAll(places);
    places = Collections.unmodifiableMap(ordered);
  }
}
