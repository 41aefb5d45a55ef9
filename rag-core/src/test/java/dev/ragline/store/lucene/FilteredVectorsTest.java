package dev.ragline.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Corpus;
import dev.ragline.document.Deadline;
import dev.ragline.document.Document;
import dev.ragline.document.Metadata;
import dev.ragline.document.MetadataField;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.MetadataType;
import dev.ragline.document.MetadataValue;
import dev.ragline.document.Metric;
import dev.ragline.filter.FilterCompiler;
import dev.ragline.store.Candidate;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.Revisions;
import dev.ragline.store.Vectors;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searching the graph under a filter finds the nearest, however few the filter leaves. */
class FilteredVectorsTest {
  private static final int DIMENSION = 16;
  private static final int DOCUMENTS = 100;
  private static final int CHUNKS = 100;
  private static final Corpus CORPUS =
      Corpora.of("many", Metric.IP, DIMENSION)
          .withMetadataSchema(
              MetadataSchema.of(List.of(new MetadataField("n", MetadataType.INT))), "etag");

  @TempDir Path folder;

  @Test
  void search_anySelectivity_findsTheNearest() {
    SplittableRandom random = new SplittableRandom(7);
    float[][] vectors = new float[DOCUMENTS * CHUNKS][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = Revisions.vector("v" + i, DIMENSION);
    }
    try (LuceneChunkStore store = LuceneChunkStore.open(new LuceneStoreConfig(folder))) {
      store.createCorpus(CORPUS);
      for (int d = 0; d < DOCUMENTS; d++) {
        String _ = store.replaceDocument(CORPUS.id(), document(d, vectors), Deadline.NONE);
      }
      try (CorpusSnapshot snapshot = store.snapshot(CORPUS.id())) {
        // 1 of 100 documents, 10, 60 (more chunks than are all compared) and all.
        for (int allowed : new int[] {1, 10, 60, DOCUMENTS}) {
          double found = 0;
          for (int q = 0; q < 20; q++) {
            float[] question = Revisions.vector("q" + random.nextInt(), DIMENSION);
            found += recall(snapshot, question, allowed, vectors);
          }
          assertThat(found / 20).as("%d documents", allowed).isGreaterThan(0.97);
        }
      }
    }
  }

  private static DocumentRevision document(int d, float[][] vectors) {
    float[][] own = new float[CHUNKS][];
    System.arraycopy(vectors, d * CHUNKS, own, 0, CHUNKS);
    DocumentRevision plain = Revisions.ofVectors("d%03d".formatted(d), own);
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
            Metadata.of(Map.of("n", new MetadataValue.Whole(d)))),
        plain.content(),
        plain.chunks());
  }

  /** The share of the ten nearest that were found. */
  private static double recall(
      CorpusSnapshot snapshot, float[] question, int allowed, float[][] vectors) {
    CandidateQuery query =
        CandidateQuery.byVector(question, 10)
            .filtered(FilterCompiler.compile("metadata.n < " + allowed, CORPUS.metadataSchema()));
    List<Candidate> found = snapshot.search(query).dense();
    assertThat(found).hasSize(10);
    Set<Integer> nearest =
        new HashSet<>(
            IntStream.range(0, allowed * CHUNKS)
                .boxed()
                .sorted(
                    Comparator.comparingDouble(
                        i -> -Vectors.score(Metric.IP, question, vectors[i])))
                .limit(10)
                .toList());
    return found.stream()
            .map(candidate -> candidate.chunk().id())
            .map(id -> Integer.parseInt(id.document().value().substring(1)) * CHUNKS + id.ordinal())
            .filter(nearest::contains)
            .count()
        / 10.0;
  }
}
