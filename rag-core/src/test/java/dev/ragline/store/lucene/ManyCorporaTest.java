package dev.ragline.store.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.execution.Execution;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.CorpusStats;
import dev.ragline.store.Revisions;
import dev.ragline.store.StoredCorpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ManyCorporaTest {
  private static final int CORPORA = 16;
  private static final int OPEN = 4;

  @TempDir Path folder;
  private final Execution execution = new Execution(4);
  private final AtomicInteger opened = new AtomicInteger();
  private LuceneChunkStore store;

  @BeforeEach
  void fill() {
    store = open();
    for (int i = 0; i < CORPORA; i++) {
      store.createCorpus(Corpora.of(id(i).value()));
      String _ = store.replaceDocument(id(i), Revisions.of("doc", "a", "b"), Call.UNLIMITED);
    }
  }

  @AfterEach
  void close() {
    store.close();
    execution.close();
  }

  private LuceneChunkStore open() {
    return LuceneChunkStore.open(
        new LuceneStoreConfig(folder, OPEN),
        index -> {
          opened.incrementAndGet();
          return DirectoryOpener.MAPPED.open(index);
        },
        execution);
  }

  private static CorpusId id(int number) {
    return new CorpusId("c%02d".formatted(number));
  }

  @Test
  void write_moreCorporaThanMayBeOpen_closesTheLeastRecentlyUsed() {
    assertThat(store.openIndexes()).isEqualTo(OPEN);
    int before = opened.get();
    for (int round = 0; round < 3; round++) {
      for (int i = CORPORA - OPEN; i < CORPORA; i++) {
        read(i);
      }
    }
    assertThat(opened.get()).as("those used last are open").isEqualTo(before);
    read(0);
    read(CORPORA - 1);
    assertThat(opened.get()).as("one was opened, and another closed for it").isEqualTo(before + 1);
    assertThat(store.openIndexes()).isEqualTo(OPEN);
  }

  private void read(int corpus) {
    try (CorpusSnapshot snapshot = store.snapshot(id(corpus))) {
      assertThat(snapshot.stats()).isEqualTo(new CorpusStats(1, 2));
    }
  }

  @Test
  void snapshot_indexThatIsClosedForOthers_staysReadable() {
    try (CorpusSnapshot first = store.snapshot(id(0))) {
      for (int i = 1; i < CORPORA; i++) {
        read(i);
      }
      assertThat(first.documents(null, 9)).hasSize(1);
    }
  }

  @Test
  void list_afterARestart_opensNoIndexAndReadsEachOnce() {
    store.close();
    opened.set(0);
    store = open();
    List<StoredCorpus> all = store.list(null, 99);
    assertThat(all).hasSize(CORPORA).allMatch(StoredCorpus.Active.class::isInstance);
    assertThat(all)
        .extracting(corpus -> corpus.requireActive().stats())
        .containsOnly(new CorpusStats(1, 2));
    assertThat(store.openIndexes()).isZero();
    assertThat(opened.get()).isEqualTo(CORPORA);
    assertThat(store.list(null, 99)).isEqualTo(all);
    assertThat(opened.get()).as("counts are remembered").isEqualTo(CORPORA);
  }

  @Test
  void list_afterWrites_showsThem() {
    String _ = store.replaceDocument(id(7), Revisions.of("other", "c"), Call.UNLIMITED);
    assertThat(store.corpus(id(7)).requireActive().stats()).isEqualTo(new CorpusStats(2, 3));
    for (int i = 0; i < CORPORA; i++) {
      read(i == 7 ? 8 : i);
    }
    assertThat(store.corpus(id(7)).requireActive().stats()).isEqualTo(new CorpusStats(2, 3));
  }

  @Test
  void write_toAllAtOnce_takesFewThreadsAndLosesNothing() throws Exception {
    List<Thread> writers = new ArrayList<>();
    CountDownLatch begin = new CountDownLatch(1);
    for (int i = 0; i < CORPORA; i++) {
      CorpusId id = id(i);
      writers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    await(begin);
                    for (int n = 0; n < 20; n++) {
                      String _ =
                          store.replaceDocument(id, Revisions.of("n" + n, "x"), Call.UNLIMITED);
                    }
                  }));
    }
    begin.countDown();
    int most = 0;
    while (writers.stream().anyMatch(Thread::isAlive)) {
      most = Math.max(most, merging());
    }
    for (Thread writer : writers) {
      writer.join();
    }
    for (int i = 0; i < CORPORA; i++) {
      assertThat(store.corpus(id(i)).requireActive().stats()).isEqualTo(new CorpusStats(21, 22));
    }
    assertThat(most).as("threads that merge").isLessThanOrEqualTo(2);
    assertThat(Thread.getAllStackTraces().keySet())
        .as("threads of Lucene's own")
        .noneMatch(thread -> thread.getName().startsWith("Lucene"));
  }

  private int merging() {
    return execution.stats().backgroundRunning();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void updateCorpus_closedIndex_doesNotOpenIt() {
    int before = opened.get();
    Corpus _ = store.updateCorpus(id(1), corpus -> corpus.renamed("One", "e"));
    assertThat(opened.get()).isEqualTo(before);
    assertThat(store.corpus(id(1)).requireActive().corpus().displayName()).isEqualTo("One");
  }
}
