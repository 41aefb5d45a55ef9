package dev.ragline.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.Corpus;
import dev.ragline.store.Candidate;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Revisions;
import dev.ragline.testing.TestExecution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Questions see the last commit while the next one takes its time. */
class SlowCommitTest {
  private static final Corpus CORPUS = Corpora.of("c");

  @TempDir Path folder;

  /** Where a commit is slow. */
  enum Step {
    /** Making its files durable. */
    SYNC,
    /** Opening what it wrote. */
    OPEN
  }

  /** Holds up one step, once. */
  private static final class Hold {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean armed;

    void pass() throws IOException {
      if (armed) {
        armed = false;
        reached.countDown();
        try {
          over.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    }
  }

  private static final class SlowDirectory extends FilterDirectory {
    private final Step step;
    private final Hold hold;

    SlowDirectory(Directory in, Step step, Hold hold) {
      super(in);
      this.step = step;
      this.hold = hold;
    }

    @Override
    public void sync(Collection<String> names) throws IOException {
      if (step == Step.SYNC) {
        hold.pass();
      }
      super.sync(names);
    }

    @Override
    public IndexInput openInput(String name, IOContext context) throws IOException {
      if (step == Step.OPEN && name.startsWith("segments_")) {
        hold.pass();
      }
      return super.openInput(name, context);
    }
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  @Timeout(60)
  void search_whileACommitIsSlow_showsTheLastOne(Step step) throws Exception {
    Hold hold = new Hold();
    DirectoryOpener opener =
        index -> new SlowDirectory(DirectoryOpener.MAPPED.open(index), step, hold);
    try (LuceneChunkStore store =
        LuceneChunkStore.open(new LuceneStoreConfig(folder), opener, TestExecution.SHARED)) {
      store.createCorpus(CORPUS);
      String _ = store.replaceDocument(CORPUS.id(), Revisions.of("a", "first"), Call.UNLIMITED);
      assertThat(found(store)).containsExactly("first");
      hold.armed = true;
      CompletableFuture<String> write =
          CompletableFuture.supplyAsync(
              () ->
                  store.replaceDocument(CORPUS.id(), Revisions.of("b", "second"), Call.UNLIMITED));
      hold.reached.await();
      assertThat(found(store)).containsExactly("first");
      assertThat(write).isNotDone();
      hold.over.countDown();
      assertThat(write.get()).isNotEmpty();
      assertThat(found(store)).containsExactlyInAnyOrder("first", "second");
    }
  }

  private static List<String> found(LuceneChunkStore store) {
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS.id())) {
      List<Candidate> found =
          snapshot.search(CandidateQuery.byVector(Revisions.vector("first"), 10)).dense();
      return found.stream().map(candidate -> candidate.chunk().text()).toList();
    }
  }
}
