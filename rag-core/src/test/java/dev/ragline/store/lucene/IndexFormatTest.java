package dev.ragline.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ragline.call.Call;
import dev.ragline.document.Corpus;
import dev.ragline.document.Metric;
import dev.ragline.store.Candidate;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.CorpusStats;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.Revisions;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class IndexFormatTest {
  private static final int DIMENSION = 16;
  private static final int CHUNKS = 1200;
  private static final Corpus CORPUS = Corpora.of("c", Metric.IP, DIMENSION);

  @TempDir Path folder;

  private LuceneChunkStore open() {
    return LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
  }

  private Path index() {
    return folder.resolve("corpora/c/index");
  }

  private static DocumentRevision document(String id) {
    float[][] vectors = new float[CHUNKS][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = Revisions.vector(id + " " + i, DIMENSION);
    }
    return Revisions.ofVectors(id, vectors);
  }

  /** As they were written before vectors were quantised. */
  private void writeAsBefore(DocumentRevision... revisions) throws Exception {
    IndexWriterConfig settings =
        IndexFormat.writing(OpenMode.APPEND, new SerialMergeScheduler())
            .setCodec(
                new Lucene104Codec() {
                  @Override
                  public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                    return new Lucene99HnswVectorsFormat();
                  }
                });
    try (Directory directory = new MMapDirectory(index());
        IndexWriter writer = new IndexWriter(directory, settings)) {
      for (DocumentRevision revision : revisions) {
        writer.addDocuments(
            ((Change.Replace) Rows.replacing(revision, CORPUS)).blocks().getFirst());
      }
      CorpusStats stats = new CorpusStats(revisions.length, (long) revisions.length * CHUNKS);
      writer.setLiveCommitData(new CommitData(7, stats).toMap().entrySet());
      writer.commit();
    }
  }

  @Test
  void search_indexOfTheTimeBeforeQuantisedVectors_goesOnAsItWas() throws Exception {
    try (LuceneChunkStore store = open()) {
      store.createCorpus(CORPUS);
    }
    DocumentRevision old = document("old");
    DocumentRevision replaced = document("replaced");
    writeAsBefore(old, replaced);
    DocumentRevision fresh = document("fresh");
    try (LuceneChunkStore store = open()) {
      assertFound(store, old, replaced);
      var _ = store.deleteDocument(CORPUS.id(), replaced.document().id(), Call.UNLIMITED);
      String _ = store.replaceDocument(CORPUS.id(), fresh, Call.UNLIMITED);
      assertFound(store, old, fresh);
    }
    try (Directory directory = new MMapDirectory(index());
        IndexWriter writer =
            new IndexWriter(
                directory, IndexFormat.writing(OpenMode.APPEND, new SerialMergeScheduler()))) {
      writer.setLiveCommitData(
          new CommitData(9, new CorpusStats(2, 2 * CHUNKS)).toMap().entrySet());
      writer.forceMerge(1);
      writer.commit();
    }
    try (LuceneChunkStore store = open()) {
      assertFound(store, old, fresh);
    }
  }

  private static void assertFound(LuceneChunkStore store, DocumentRevision... revisions) {
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS.id())) {
      for (DocumentRevision revision : revisions) {
        for (int i = 0; i < CHUNKS; i += 100) {
          var chunk = revision.chunks().get(i);
          List<Candidate> found =
              snapshot.search(CandidateQuery.byVector(chunk.vector(), 3)).dense();
          assertThat(found.getFirst().chunk()).isEqualTo(chunk.chunk());
          assertThat(snapshot.vectors(List.of(chunk.chunk().id())).getFirst().vector())
              .isEqualTo(chunk.vector());
        }
      }
      assertThat(snapshot.stats())
          .isEqualTo(new CorpusStats(revisions.length, (long) revisions.length * CHUNKS));
    }
  }

  @Test
  @Timeout(60)
  void replaceDocument_manySmallOnes_areMergedAndKeptWithoutAnotherWrite() throws Exception {
    try (LuceneChunkStore store = open()) {
      store.createCorpus(Corpora.of("c"));
      int documents = 40;
      for (int i = 0; i < documents; i++) {
        DocumentRevision revision = Revisions.of("d" + i, "text number " + i);
        String _ = store.replaceDocument(CORPUS.id(), revision, Call.UNLIMITED);
      }
      // Lucene leaves ten of the smallest at most; questions see them merged, too.
      try (Directory directory = new MMapDirectory(index())) {
        await().until(() -> SegmentInfos.readLatestCommit(directory).size() <= 10);
      }
      store.closeIdle(Duration.ZERO);
      try (CorpusSnapshot snapshot = store.snapshot(CORPUS.id())) {
        assertThat(snapshot.stats()).isEqualTo(new CorpusStats(documents, documents));
        assertThat(snapshot.documents(null, 100)).hasSize(documents);
      }
    }
  }
}
