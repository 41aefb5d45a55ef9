package dev.ragline.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Revisions;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MisspeltWordsTest {
  private static final CorpusId CORPUS = new CorpusId("docs");

  @TempDir Path folder;

  private static final List<String> TEXTS =
      List.of(
          "scheduler places pods",
          "ingress routes traffic",
          "kubernetes rules",
          "mode 12500",
          "node");

  @SuppressWarnings("NullAway.Init")
  private LuceneChunkStore store;

  @BeforeEach
  void fill() {
    store = LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
    store.createCorpus(Corpora.of("docs"));
    store.replaceDocument(
        CORPUS, Revisions.of("doc", TEXTS.toArray(String[]::new)), Call.UNLIMITED);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<String> found(String question) {
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      return snapshot.search(CandidateQuery.byText(question, 9)).lexical().stream()
          .map(candidate -> candidate.chunk().text())
          .toList();
    }
  }

  @Test
  void search_wordThatNobodyHasWritten_findsTheOneThatIsMeant() {
    assertThat(found("kubernetis")).containsExactly("kubernetes rules");
    assertThat(found("kuberntes")).containsExactly("kubernetes rules");
    assertThat(found("ingrss")).containsExactly("ingress routes traffic");
    assertThat(found("trafic")).containsExactly("ingress routes traffic");
    assertThat(found("scehduler")).containsExactly("scheduler places pods");
    assertThat(found("sceduler")).containsExactly("scheduler places pods");
  }

  @Test
  void search_wordThatSomebodyHasWritten_findsNoOther() {
    assertThat(found("node")).containsExactly("node");
    assertThat(found("mode")).containsExactly("mode 12500");
  }

  @Test
  void search_shortWordOrNumber_isNeverAnother() {
    assertThat(found("pids")).isEmpty();
    assertThat(found("12501")).isEmpty();
    assertThat(found("noda")).isEmpty();
  }
}
