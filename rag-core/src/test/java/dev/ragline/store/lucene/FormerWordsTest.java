package dev.ragline.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Language;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chunks that were stored before words were found in other ways of writing too. */
class FormerWordsTest {
  /** The words as versions up to 0.4 stored them. */
  private static final List<String> ROWS =
      List.of(
          "shed hold 12,500 pallet",
          "offic zürich",
          "field spec.loadbalancerclass set",
          "kube proxi run",
          "releas v1.25.3",
          "zu\u0308rich decompos");

  private final ByteBuffersDirectory directory = new ByteBuffersDirectory();

  @BeforeEach
  void write() throws IOException {
    try (IndexWriter writer =
        new IndexWriter(directory, new IndexWriterConfig(new WhitespaceAnalyzer()))) {
      for (String row : ROWS) {
        Document document = new Document();
        document.add(new TextField(Rows.words(Language.ENGLISH), row, Field.Store.NO));
        writer.addDocument(document);
      }
    }
  }

  @AfterEach
  void close() throws IOException {
    directory.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'12,500 pallets', 0",
    "Zürich, 1",
    "spec.loadBalancerClass, 2",
    "kube-proxy, 3",
    "v1.25.3, 4",
    "Zu\u0308rich, 5"
  })
  void of_questionAsItIsWrittenThere_findsIt(String question, int row) throws IOException {
    try (DirectoryReader reader = DirectoryReader.open(directory)) {
      ScoreDoc[] hits =
          new IndexSearcher(reader)
              .search(WordQuery.of(question, Map.of(Language.ENGLISH, 9L), reader), 3)
              .scoreDocs;
      assertThat(Stream.of(hits).map(hit -> hit.doc)).contains(row);
    }
  }
}
