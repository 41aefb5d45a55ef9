package dev.ragline.store;

import java.util.List;

/**
 * What a check found of a store.
 *
 * @param corpora by id
 * @param leftovers of a crash, which the next start removes
 * @param strays what is among the store's files and not the store's
 */
public record StoreReport(List<CorpusReport> corpora, List<String> leftovers, List<String> strays) {
  public StoreReport {
    corpora = List.copyOf(corpora);
    leftovers = List.copyOf(leftovers);
    strays = List.copyOf(strays);
  }

  /** Whether all corpora are whole. */
  public boolean isWhole() {
    return corpora.stream().allMatch(CorpusReport::isWhole);
  }
}
