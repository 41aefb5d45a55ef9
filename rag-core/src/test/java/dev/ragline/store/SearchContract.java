package dev.ragline.store;

import static dev.ragline.store.CorpusContract.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ragline.call.Call;
import dev.ragline.document.ChunkId;
import dev.ragline.document.CorpusId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store promises about searching. */
interface SearchContract extends DocumentContract {

  /** Searches the corpus as it is now. */
  static Candidates search(ChunkStore store, CorpusId id, CandidateQuery query) {
    try (CorpusSnapshot snapshot = store.snapshot(id)) {
      return snapshot.search(query);
    }
  }

  /** The definition of a metric's score. */
  private static double score(Metric metric, float[] a, float[] b) {
    double product = 0;
    double distance = 0;
    double lengths = 0;
    double otherLengths = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      distance += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
      lengths += (double) a[i] * a[i];
      otherLengths += (double) b[i] * b[i];
    }
    return switch (metric) {
      case IP -> product;
      case COSINE -> product / Math.sqrt(lengths * otherLengths);
      case L2 -> 1 / (1 + distance);
    };
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  default void search_vector_findsTheNearestWithTheirScores(Metric metric) {
    long seed = 20260101;
    int dimension = 5;
    SplittableRandom random = new SplittableRandom(seed);
    CorpusId id = new CorpusId("metric-" + metric);
    store().createCorpus(Corpora.of(id.value(), metric, dimension));
    record Scored(ChunkId id, float[] vector) {}
    List<Scored> all = new ArrayList<>();
    for (int d = 0; d < 30; d++) {
      float[][] vectors = new float[10][dimension];
      for (float[] vector : vectors) {
        for (int i = 0; i < dimension; i++) {
          vector[i] = (float) (random.nextGaussian() * 2);
        }
      }
      DocumentRevision revision = Revisions.ofVectors("doc" + d, vectors);
      revision.chunks().forEach(c -> all.add(new Scored(c.chunk().id(), c.vector())));
      store().replaceDocument(id, revision, Call.UNLIMITED);
    }
    float[] question = {1.5f, -2, 0.25f, 3, -0.5f};
    all.sort(
        Comparator.comparingDouble((Scored s) -> -score(metric, question, s.vector))
            .thenComparing(Scored::id));
    List<Candidate> found = search(store(), id, CandidateQuery.byVector(question, 40)).dense();
    assertThat(found).as("seed %d", seed).hasSize(40);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).chunk().id())
          .as("seed %d, rank %d", seed, i)
          .isEqualTo(all.get(i).id);
      assertThat(found.get(i).score())
          .isCloseTo(score(metric, question, all.get(i).vector), within(1e-5));
    }
  }

  @Test
  default void search_negativeInnerProducts_areReportedAsTheyAre() {
    store().createCorpus(Corpora.of(CORPUS.value(), Metric.IP, 2));
    store()
        .replaceDocument(
            CORPUS,
            Revisions.ofVectors("d", new float[] {-3, 0}, new float[] {0, 1}, new float[] {7, 1}),
            Call.UNLIMITED);
    List<Candidate> found =
        search(store(), CORPUS, CandidateQuery.byVector(new float[] {1, 0}, 5)).dense();
    assertThat(found).extracting(Candidate::score).containsExactly(7.0, 0.0, -3.0);
  }

  @Test
  default void search_equalScores_areInOrderOfChunkIdsAlsoAtTheCut() {
    filled();
    for (String id : List.of("m", "c", "z", "a", "k", "😀", "Ａ")) {
      DocumentRevision same =
          Revisions.of(id, List.of(), text -> Revisions.vector("same"), "same word", "same word");
      store().replaceDocument(CORPUS, same, Call.UNLIMITED);
    }
    List<ChunkId> expected = new ArrayList<>();
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      snapshot
          .documents(null, 10)
          .forEach(d -> snapshot.chunks(d.id(), 0, 9).forEach(c -> expected.add(c.id())));
    }
    for (int limit = 1; limit <= expected.size(); limit++) {
      Candidates found =
          search(store(), CORPUS, CandidateQuery.byVector(Revisions.vector("same"), limit));
      assertThat(found.dense())
          .extracting(c -> c.chunk().id())
          .isEqualTo(expected.subList(0, limit));
    }
  }

  @Test
  default void search_documentsWithoutChunks_findsTheOthersOnly() {
    filled(Revisions.of("a", "the old text"), Revisions.ofContent("b", new byte[0]));
    store().replaceDocument(CORPUS, Revisions.ofContent("a", new byte[0]), Call.UNLIMITED);
    CandidateQuery both = CandidateQuery.byVector(Revisions.vector("the old text"), 5);

    assertThat(search(store(), CORPUS, both).dense()).isEmpty();
    assertThat(search(store(), CORPUS, CandidateQuery.byText("old text", 5)).lexical()).isEmpty();
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      assertThat(snapshot.stats()).isEqualTo(new CorpusStats(2, 0));
      assertThat(snapshot.documents(null, 5)).hasSize(2);
    }

    store().replaceDocument(CORPUS, Revisions.of("c", "the old text"), Call.UNLIMITED);
    assertThat(search(store(), CORPUS, both).dense())
        .extracting(found -> found.chunk().id().document().value())
        .containsExactly("c");
  }

  @Test
  default void search_emptyCorpus_findsNothing() {
    filled();
    Candidates found =
        search(store(), CORPUS, new CandidateQuery(Revisions.vector("x"), "anything", 5));
    assertThat(found).isEqualTo(new Candidates(List.of(), List.of()));
  }

  @Test
  default void search_deadlinePassed_saysSo() {
    filled(Revisions.of("doc", "alpha"));
    CandidateQuery query = CandidateQuery.byVector(Revisions.vector("alpha"), 1);
    assertFails(
        ErrorCode.DEADLINE_EXCEEDED,
        () -> {
          Call passed = Call.within(Duration.ZERO);
          try (CorpusSnapshot snapshot = store().snapshot(CORPUS, Freshness.DEFAULT, passed)) {
            snapshot.search(query);
          }
        });
  }
}
