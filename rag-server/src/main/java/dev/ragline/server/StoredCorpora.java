package dev.ragline.server;

import dev.ragline.store.ChunkStore;
import dev.ragline.store.StoredCorpus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All corpora of a store, for commands that look at each. */
final class StoredCorpora {
  private static final int PAGE = 1000;

  private StoredCorpora() {}

  static List<StoredCorpus> all(ChunkStore store) {
    List<StoredCorpus> all = new ArrayList<>();
    List<StoredCorpus> page = store.list(null, PAGE);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = store.list(page.getLast().id(), PAGE);
    }
    return all;
  }

  static Stream<StoredCorpus.Active> active(List<StoredCorpus> corpora) {
    return corpora.stream()
        .filter(StoredCorpus.Active.class::isInstance)
        .map(StoredCorpus.Active.class::cast);
  }

  static Stream<StoredCorpus.Broken> broken(List<StoredCorpus> corpora) {
    return corpora.stream()
        .filter(StoredCorpus.Broken.class::isInstance)
        .map(StoredCorpus.Broken.class::cast);
  }
}
