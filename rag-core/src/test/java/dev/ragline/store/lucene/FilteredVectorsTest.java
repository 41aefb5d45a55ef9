package dev.ragline.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.ChunkId;
import dev.ragline.document.Corpus;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Metadata;
import dev.ragline.document.MetadataField;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.MetadataType;
import dev.ragline.document.MetadataValue;
import dev.ragline.document.Metric;
import dev.ragline.filter.FilterCompiler;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.Revisions;
import dev.ragline.store.Vectors;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Searching by vector finds the nearest, whether they are found in the graph or by comparing each,
 * however few a filter leaves, and never what was replaced or deleted.
 */
class FilteredVectorsTest {
  private static final int DIMENSION = 16;
  private static final int LIMIT = 10;
  private static final int QUESTIONS = 20;

  /** Chunks of the documents, in the order of their numbers: 0.1 % of all, 1 %, 10 %, the rest. */
  private static final int[] SIZES = {30, 300, 3000, 7000, 7000, 7000, 7000};

  private static final Corpus CORPUS =
      Corpora.of("many", Metric.IP, DIMENSION)
          .withMetadataSchema(
              MetadataSchema.of(List.of(new MetadataField("n", MetadataType.INT))), "etag");

  @TempDir private static Path folder;
  private static LuceneChunkStore store;
  private static final List<Row> rows = new ArrayList<>();

  /** A chunk that is there. */
  private record Row(int n, ChunkId id, float[] vector) {}

  @BeforeAll
  static void fill() {
    store = LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
    store.createCorpus(CORPUS);
    // What is no longer there lies where all questions are.
    float[][] gone = new float[500][];
    for (int i = 0; i < gone.length; i++) {
      gone[i] = Revisions.vector("question " + i % QUESTIONS, DIMENSION);
    }
    for (int n = 0; n < SIZES.length; n++) {
      String _ = store.replaceDocument(CORPUS.id(), document(n, "d" + n, gone), Call.UNLIMITED);
      String _ = store.replaceDocument(CORPUS.id(), document(n, "gone" + n, gone), Call.UNLIMITED);
    }
    for (int n = 0; n < SIZES.length; n++) {
      float[][] vectors = new float[SIZES[n]][];
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = Revisions.vector(n + " " + i, DIMENSION);
        rows.add(new Row(n, new ChunkId(new DocumentId("d" + n), i), vectors[i]));
      }
      String _ = store.replaceDocument(CORPUS.id(), document(n, "d" + n, vectors), Call.UNLIMITED);
      var _ = store.deleteDocument(CORPUS.id(), new DocumentId("gone" + n), Call.UNLIMITED);
    }
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @ParameterizedTest
  @CsvSource({
    "metadata.n == 0, 1",
    "metadata.n == 1, 1",
    "metadata.n == 2, 1",
    "metadata.n < 3, 1",
    "metadata.n < 5, 1",
    "metadata.n > 3, 0.97",
    "metadata.n >= 0, 0.97",
    "'', 0.97",
  })
  void search_anySelectivity_findsTheNearest(String filter, double least) {
    IntPredicate wanted =
        switch (filter) {
          case "metadata.n == 0" -> n -> n == 0;
          case "metadata.n == 1" -> n -> n == 1;
          case "metadata.n == 2" -> n -> n == 2;
          case "metadata.n < 3" -> n -> n < 3;
          case "metadata.n < 5" -> n -> n < 5;
          case "metadata.n > 3" -> n -> n > 3;
          default -> n -> true;
        };
    double found = 0;
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS.id())) {
      for (int q = 0; q < QUESTIONS; q++) {
        float[] question = Revisions.vector("question " + q, DIMENSION);
        found += recall(snapshot, question, filter, wanted);
      }
    }
    assertThat(found / QUESTIONS).isGreaterThanOrEqualTo(least);
  }

  private static DocumentRevision document(int n, String id, float[][] vectors) {
    DocumentRevision plain = Revisions.ofVectors(id, vectors);
    Document document = plain.document();
    return new DocumentRevision(
        new Document(
            document.id(),
            document.title(),
            document.uri(),
            document.mediaType(),
            document.language(),
            document.size(),
            document.revision(),
            document.chunkCount(),
            document.updateTime(),
            document.etag(),
            Metadata.of(Map.of("n", new MetadataValue.Whole(n)))),
        plain.content(),
        plain.chunks());
  }

  /** The share of the ten nearest that were found; all that were have their own scores. */
  private static double recall(
      CorpusSnapshot snapshot, float[] question, String filter, IntPredicate wanted) {
    CandidateQuery query = CandidateQuery.byVector(question, LIMIT);
    if (!filter.isEmpty()) {
      query = query.filtered(FilterCompiler.compile(filter, CORPUS.metadataSchema()));
    }
    Map<ChunkId, Double> found = new LinkedHashMap<>();
    snapshot.search(query).dense().forEach(each -> found.put(each.chunk().id(), each.score()));
    assertThat(found).hasSize(LIMIT);
    assertThat(List.copyOf(found.values())).isSortedAccordingTo(Comparator.reverseOrder());
    List<Row> nearest =
        rows.stream()
            .filter(row -> wanted.test(row.n))
            .sorted(
                Comparator.comparingDouble(row -> -Vectors.score(Metric.IP, question, row.vector)))
            .limit(LIMIT)
            .toList();
    int hits = 0;
    for (Row row : nearest) {
      Double score = found.get(row.id);
      if (score != null) {
        assertThat(score).isEqualTo(Vectors.score(Metric.IP, question, row.vector));
        hits++;
      }
    }
    return hits / (double) LIMIT;
  }
}
