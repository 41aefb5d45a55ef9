package dev.ragline.evaluation;

import dev.ragline.retrieval.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Where in one ranking the expected places stand.
 *
 * @param places for each the rank, from 1, at which it is found first; 0 where it is not found
 */
record Ranks(List<Integer> places) {
  private static final int NDCG_DEPTH = 10;

  Ranks {
    places = List.copyOf(places);
  }

  static Ranks of(List<Expected> expected, List<Passage> ranking) {
    return of(expected, ranking, Expected::fits);
  }

  /**
   * The ranks by a part of what is expected.
   *
   * @param fits whether a passage is right for a place
   */
  static Ranks of(
      List<Expected> expected, List<Passage> ranking, BiPredicate<Expected, Passage> fits) {
    List<Integer> places = new ArrayList<>(expected.size());
    for (Expected place : expected) {
      int rank = 0;
      for (int i = 0; i < ranking.size() && rank == 0; i++) {
        rank = fits.test(place, ranking.get(i)) ? i + 1 : 0;
      }
      places.add(rank);
    }
    return new Ranks(places);
  }

  /** The rank of the first right passage; 0 for none. */
  int first() {
    return places.stream().filter(rank -> rank > 0).min(Integer::compare).orElse(0);
  }

  /** 1 where a right passage is among the first {@code depth}, else 0. */
  double hit(int depth) {
    return first() > 0 && first() <= depth ? 1 : 0;
  }

  double reciprocal() {
    return first() == 0 ? 0 : 1.0 / first();
  }

  /** The share of the places that are found. */
  double recall() {
    return (double) places.stream().filter(rank -> rank > 0).count() / places.size();
  }

  /**
   * nDCG@10 with gains of 0 and 1, as trec_eval computes it. A passage that holds two places at
   * once counts for both, and the value stays 1 where that makes it better than the ideal order.
   */
  double ndcg() {
    double gain =
        places.stream()
            .filter(rank -> rank > 0 && rank <= NDCG_DEPTH)
            .mapToDouble(Ranks::discount)
            .sum();
    double ideal = 0;
    for (int rank = 1; rank <= Math.min(NDCG_DEPTH, places.size()); rank++) {
      ideal += discount(rank);
    }
    return Math.min(1, gain / ideal);
  }

  private static double discount(int rank) {
    return Math.log(2) / Math.log(rank + 1.0);
  }
}
