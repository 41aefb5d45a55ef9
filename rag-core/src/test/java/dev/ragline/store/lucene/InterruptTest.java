package dev.ragline.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.store.CandidateQuery;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.Revisions;
import dev.ragline.store.WholeDocuments;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class InterruptTest {
  private static final CorpusId CORPUS = new CorpusId("docs");
  private static final long SEED = 42;

  @TempDir Path folder;
  private final Set<DocumentId> acknowledged = new ConcurrentSkipListSet<>();
  private final Set<DocumentId> refused = new ConcurrentSkipListSet<>();
  private final AtomicReference<Throwable> surprise = new AtomicReference<>();
  private final AtomicInteger running = new AtomicInteger();

  @Test
  void interrupts_atAnyTime_cancelOnlyTheirOwnCall() throws Exception {
    try (LuceneChunkStore store =
        LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED)) {
      store.createCorpus(Corpora.of(CORPUS.value()));
      List<Thread> workers = new ArrayList<>();
      for (int w = 0; w < 6; w++) {
        int worker = w;
        running.incrementAndGet();
        workers.add(Thread.ofVirtual().start(() -> guard(() -> work(store, worker))));
      }
      SplittableRandom random = new SplittableRandom(SEED);
      while (running.get() > 0) {
        workers.get(random.nextInt(workers.size())).interrupt();
        store.closeIdle(Duration.ZERO);
        for (int pause = random.nextInt(2000); pause > 0; pause--) {
          Thread.onSpinWait();
        }
      }
      for (Thread worker : workers) {
        worker.join();
      }
      assertThat(surprise.get()).as("seed %d", SEED).isNull();
      requireAcknowledged(store);
      store.replaceDocument(CORPUS, Revisions.of("last", "text"), Call.UNLIMITED);
      acknowledged.add(new DocumentId("last"));
    }
    try (LuceneChunkStore store =
        LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED)) {
      requireAcknowledged(store);
      assertThat(refused).as("writes that were cancelled in time").isNotEmpty();
    }
  }

  private void guard(Runnable work) {
    try {
      work.run();
    } catch (Throwable t) {
      surprise.compareAndSet(null, t);
    } finally {
      running.decrementAndGet();
    }
  }

  private void work(ChunkStore store, int worker) {
    for (int i = 0; i < 60; i++) {
      DocumentRevision revision = Revisions.of("d" + worker + "-" + i, "text " + i, "more");
      try {
        store.replaceDocument(CORPUS, revision, Call.UNLIMITED);
        acknowledged.add(revision.document().id());
      } catch (RagException e) {
        requireCancelled(e);
        refused.add(revision.document().id());
      }
      try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
        snapshot.search(new CandidateQuery(Revisions.vector("text"), "text", 10));
      } catch (RagException e) {
        requireCancelled(e);
      }
      Thread.interrupted();
    }
  }

  private static void requireCancelled(RagException e) {
    if (e.code() != ErrorCode.CANCELLED) {
      throw e;
    }
  }

  private void requireAcknowledged(ChunkStore store) {
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(WholeDocuments.read(snapshot).keySet())
          .as("seed %d", SEED)
          .isEqualTo(acknowledged);
    }
  }
}
