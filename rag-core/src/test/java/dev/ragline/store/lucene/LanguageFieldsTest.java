package dev.ragline.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Language;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Revisions;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.NoMergeScheduler;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageFieldsTest {
  private static final CorpusId CORPUS = new CorpusId("c");
  private static final Language NORWEGIAN = new Language("no");

  @TempDir Path folder;

  @Test
  void languages_indexOfTheTimeBeforeThem_isEnglish() throws Exception {
    try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
      Change.Replace change =
          (Change.Replace) Rows.replacing(Revisions.of("doc", "stored words"), Corpora.of("c"));
      change.blocks().getFirst().forEach(row -> row.removeFields(Rows.LANGUAGE));
      try (IndexWriter writer =
          new IndexWriter(
              directory, IndexFormat.writing(OpenMode.CREATE, NoMergeScheduler.INSTANCE))) {
        writer.addDocuments(change.blocks().getFirst());
        writer.commit();
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        RowReader rows = new RowReader(reader);
        assertThat(rows.documents(null, 2).getFirst().language()).isEqualTo(Language.ENGLISH);
        assertThat(rows.languages(1)).isEqualTo(Map.of(Language.ENGLISH, 1L));
        assertThat(reader.docFreq(new org.apache.lucene.index.Term("words", "store"))).isOne();
      }
    }
  }

  @Test
  void search_aFewTakenForAnotherLanguage_doNotStandOutByCommonWords() {
    try (LuceneChunkStore store =
        LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED)) {
      store.createCorpus(Corpora.of("c"));
      String[] texts = new String[150];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = "system data number " + i;
      }
      texts[7] = "system data zebra";
      var _ = store.replaceDocument(CORPUS, Revisions.of("en", texts), Call.UNLIMITED);
      var _ =
          store.replaceDocument(
              CORPUS, Revisions.in(NORWEGIAN, "no", "system data"), Call.UNLIMITED);
      assertThat(best(store, "system data zebra")).isEqualTo("system data zebra");
    }
  }

  private static String best(LuceneChunkStore store, String question) {
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(snapshot.languages()).isEqualTo(Map.of(Language.ENGLISH, 1L, NORWEGIAN, 1L));
      List<dev.ragline.store.Candidate> found =
          snapshot.search(CandidateQuery.byText(question, 10)).lexical();
      return found.getFirst().chunk().text();
    }
  }
}
