package dev.ragline.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.ChunkId;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.ChunkVectors;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentContract;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.Revisions;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents of so many chunks that they lie in several blocks. */
class DividedDocumentsTest {
  private static final CorpusId CORPUS = new CorpusId("docs");

  @TempDir Path folder;
  private LuceneChunkStore store;

  @BeforeEach
  void open() {
    store = LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
    store.createCorpus(Corpora.of(CORPUS.value()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static DocumentRevision document(String id, int chunks, String word) {
    return Revisions.of(
        id, IntStream.range(0, chunks).mapToObj(i -> word + " " + i).toArray(String[]::new));
  }

  private void write(DocumentRevision revision) {
    var _ = store.replaceDocument(CORPUS, revision, Call.UNLIMITED);
  }

  @Test
  void replaceDocument_aroundThePartsSize_isReadBackWhole() {
    List<DocumentRevision> all = new ArrayList<>();
    for (int chunks :
        new int[] {1, Rows.PART - 1, Rows.PART, Rows.PART + 1, 2 * Rows.PART, 2 * Rows.PART + 7}) {
      all.add(document("doc-" + chunks, chunks, "word"));
      write(all.getLast());
    }
    DocumentContract.assertHolds(store, all.toArray(DocumentRevision[]::new));
    close();
    store = LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
    DocumentContract.assertHolds(store, all.toArray(DocumentRevision[]::new));
  }

  @Test
  void replaceDocument_dividedByWholeAndBack_leavesOnlyTheLast() {
    DocumentRevision other = document("1 doc", 2 * Rows.PART, "other");
    write(other);
    for (int chunks : new int[] {3000, 5, 2500, Rows.PART, 2500, 0, 1500}) {
      DocumentRevision revision = document("doc", chunks, "word" + chunks);
      write(revision);
      DocumentContract.assertHolds(store, other, revision);
    }
    var _ = store.deleteDocument(CORPUS, new DocumentId("doc"), Call.UNLIMITED);
    DocumentContract.assertHolds(store, other);
  }

  @Test
  void chunks_anyWindow_areThoseOfTheDocument() {
    DocumentRevision revision = document("doc", 2 * Rows.PART + 300, "word");
    write(revision);
    write(document("between", 3, "between"));
    SplittableRandom random = new SplittableRandom(4);
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      DocumentId id = revision.document().id();
      for (int i = 0; i < 100; i++) {
        int from = random.nextInt(revision.chunks().size() + 10);
        int limit = 1 + random.nextInt(1500);
        int first = Math.min(from, revision.chunks().size());
        int end = Math.min(revision.chunks().size(), from + limit);
        assertThat(snapshot.chunks(id, from, limit))
            .isEqualTo(revision.chunks().subList(first, end).stream().map(c -> c.chunk()).toList());
        assertThat(snapshot.embeddedChunks(id, from, limit))
            .extracting(chunk -> chunk.chunk().id().ordinal())
            .isEqualTo(IntStream.range(first, end).boxed().toList());
      }
      for (int ordinal : new int[] {0, Rows.PART - 1, Rows.PART, 2 * Rows.PART + 299}) {
        List<ChunkVectors> vectors = snapshot.vectors(List.of(new ChunkId(id, ordinal)));
        assertThat(vectors.getFirst().vector())
            .containsExactly(revision.chunks().get(ordinal).vector());
      }
    }
  }

  @Test
  void search_inEachPart_findsItsChunk() {
    DocumentRevision revision = document("doc", 2 * Rows.PART + 5, "word");
    write(revision);
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      for (int ordinal :
          new int[] {0, Rows.PART - 1, Rows.PART, 2 * Rows.PART, 2 * Rows.PART + 4}) {
        assertThat(snapshot.search(CandidateQuery.byText(Integer.toString(ordinal), 1)).lexical())
            .extracting(candidate -> candidate.chunk().id().ordinal())
            .containsExactly(ordinal);
      }
    }
  }

  @Test
  void replaceDocument_whole_leavesTheVersionOfTheIndex() throws Exception {
    write(document("doc", Rows.PART, "word"));
    assertThat(version()).isEqualTo(1);
    write(document("doc", Rows.PART + 1, "word"));
    assertThat(version()).isEqualTo(2);
    write(document("doc", 1, "word"));
    assertThat(version()).isEqualTo(2);
  }

  private int version() throws Exception {
    Path corpus;
    try (var folders = java.nio.file.Files.list(folder.resolve("corpora"))) {
      corpus = folders.findFirst().orElseThrow();
    }
    try (Directory directory = DirectoryOpener.MAPPED.open(corpus.resolve("index"))) {
      return CommitData.last(directory).version();
    }
  }

  @Test
  void replaceDocument_failsInALaterPart_leavesTheDocumentAndOthersAsTheyWere() {
    DocumentRevision before = document("doc", 1500, "before");
    DocumentRevision other = document("other", 3, "other");
    write(before);
    write(other);
    DocumentRevision whole = document("doc", 2500, "after");
    List<dev.ragline.store.EmbeddedChunk> failing =
        new java.util.AbstractList<>() {
          private int asked;

          @Override
          public dev.ragline.store.EmbeddedChunk get(int index) {
            if (index == 2000 && ++asked > 1) {
              throw new IllegalStateException("the spool is gone");
            }
            return whole.chunks().get(index);
          }

          @Override
          public int size() {
            return whole.chunks().size();
          }
        };
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> write(new DocumentRevision(whole.document(), whole.content(), failing)))
        .hasMessage("the spool is gone");
    DocumentContract.assertHolds(store, before, other);
    write(whole);
    DocumentContract.assertHolds(store, whole, other);
  }
}
