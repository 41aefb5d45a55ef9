package dev.ragline.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.store.Candidate;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Revisions;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordScoreTest {
  private static final CorpusId CORPUS = new CorpusId("docs");

  /** Words that the analysis leaves as they are. */
  private static final String[] TEXTS = {
    "red fox red", "red dog", "green frog pond water lily", "fox den", "owl"
  };

  @TempDir Path folder;

  /** BM25 by its definition, without the factor k1 + 1, which changes no order. */
  private static double bm25(String text, String... question) {
    List<String> words = List.of(text.split(" "));
    double average =
        Arrays.stream(TEXTS).mapToInt(t -> t.split(" ").length).average().orElseThrow();
    double sum = 0;
    for (String word : question) {
      long with = Arrays.stream(TEXTS).filter(t -> List.of(t.split(" ")).contains(word)).count();
      double rarity = Math.log(1 + (TEXTS.length - with + 0.5) / (with + 0.5));
      double count = words.stream().filter(word::equals).count();
      sum += rarity * count / (count + 1.2 * (0.25 + 0.75 * words.size() / average));
    }
    return sum;
  }

  @Test
  void search_words_areScoredByBm25() {
    try (LuceneChunkStore store =
        LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED)) {
      store.createCorpus(Corpora.of("docs"));
      // Content takes rows of the index, too, and is not to count as texts.
      store.replaceDocument(
          CORPUS, Revisions.ofContent("big", new byte[1_000_000]), Call.UNLIMITED);
      store.replaceDocument(CORPUS, Revisions.of("doc", TEXTS), Call.UNLIMITED);
      try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
        List<Candidate> found = snapshot.search(CandidateQuery.byText("red fox", 9)).lexical();
        assertThat(found)
            .extracting(c -> c.chunk().text())
            .containsExactly("red fox red", "red dog", "fox den");
        for (Candidate candidate : found) {
          assertThat(candidate.score())
              .isCloseTo(bm25(candidate.chunk().text(), "red", "fox"), within(1e-5));
        }
      }
    }
  }
}
