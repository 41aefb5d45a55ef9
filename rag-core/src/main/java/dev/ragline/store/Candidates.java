package dev.ragline.store;

import java.util.List;

/**
 * What each search found, best first, equal scores by chunk id. A search that was not asked for, or
 * that this store cannot do, found nothing.
 *
 * @param dense scored by the corpus's metric
 * @param lexical scored by BM25
 */
public record Candidates(List<Candidate> dense, List<Candidate> lexical) {
  public Candidates {
    dense = List.copyOf(dense);
    lexical = List.copyOf(lexical);
  }
}
