package dev.ragline.store.lucene;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.Revisions;
import dev.ragline.store.WholeDocuments;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class DiskFullTest {
  private static final CorpusId CORPUS = new CorpusId("docs");

  @TempDir Path folder;
  private final FaultyDirectory.Disk disk = new FaultyDirectory.Disk();
  private final Map<DocumentId, String> acknowledged = new TreeMap<>();
  private LuceneChunkStore store;

  @BeforeEach
  void openStore() {
    store = open();
    store.createCorpus(Corpora.of(CORPUS.value()));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private LuceneChunkStore open() {
    return LuceneChunkStore.open(
        new LuceneStoreConfig(folder),
        index -> new FaultyDirectory(DirectoryOpener.MAPPED.open(index), disk),
        TestExecution.SHARED);
  }

  /** Writes, notes what was acknowledged, and returns the failure if there was one. */
  private @Nullable RagException write(DocumentRevision revision) {
    RagException failure =
        catchThrowableOfType(
            RagException.class, () -> store.replaceDocument(CORPUS, revision, Call.UNLIMITED));
    if (failure == null) {
      acknowledge(revision);
    }
    return failure;
  }

  private void acknowledge(DocumentRevision revision) {
    acknowledged.put(revision.document().id(), new String(revision.content().whole(), UTF_8));
  }

  private void requireAcknowledged(String when) {
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(WholeDocuments.read(snapshot)).as(when).isEqualTo(acknowledged);
    }
  }

  private static DocumentRevision revision(String id, int version) {
    String[] texts = new String[2];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = "version " + version + " text " + i;
    }
    return Revisions.of(id, texts);
  }

  @Test
  void replaceDocument_diskFullAtAnyWrite_isWhollyThereOrNotAtAll() {
    disk.free();
    write(revision("kept", 1));
    long cost = disk.used();
    int failures = 0;
    long at = 0;
    boolean reached = true;
    for (int version = 1; reached; version++) {
      disk.fillAfter(at);
      RagException failure = write(revision("doc" + version % 4, version));
      reached = disk.isFull();
      requireAcknowledged("full at write " + at);
      if (failure != null) {
        failures++;
        assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
        assertThat(failure.reason()).isEqualTo("DISK_FULL");
        assertThat(failure.details()).hasOnlyElementsOfType(ErrorDetail.Quota.class).hasSize(1);
        assertThat(store.isServing()).as("serving while full").isFalse();
      }
      disk.free();
      assertThat(store.isServing()).as("serving with space again, after " + at).isTrue();
      assertThat(write(revision("after", version))).as("after write " + at).isNull();
      requireAcknowledged("recovered after write " + at);
      // The end of a commit decides, there every write counts.
      at += at < cost - 50 ? 1 + at / 12 : 1;
    }
    assertThat(failures).isGreaterThan(30);
    store.close();
    store = open();
    requireAcknowledged("reopened");
  }

  @Test
  void deleteDocument_diskFullAtAnyWrite_isWhollyGoneOrNotAtAll() {
    boolean reached = true;
    for (int at = 0; reached; at += 1 + at / 8) {
      write(revision("doc", at));
      disk.fillAfter(at);
      RagException failure =
          catchThrowableOfType(
              RagException.class,
              () -> store.deleteDocument(CORPUS, new DocumentId("doc"), Call.UNLIMITED));
      reached = disk.isFull();
      if (failure == null) {
        acknowledged.remove(new DocumentId("doc"));
      }
      disk.free();
      requireAcknowledged("full at write " + at);
    }
    assertThat(acknowledged).isEmpty();
  }

  @Test
  void replaceDocument_manyAtOnceOnAFullDisk_eachIsWholeOrFails() throws Exception {
    int failed = 0;
    for (int round = 0; round < 8; round++) {
      int salt = round;
      disk.fillAfter(100L + 400L * round * round);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<DocumentRevision> revisions = new ArrayList<>();
        List<Future<?>> writes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          DocumentRevision revision = revision("doc" + i, salt * 10 + i);
          revisions.add(revision);
          writes.add(threads.submit(() -> store.replaceDocument(CORPUS, revision, Call.UNLIMITED)));
        }
        for (int i = 0; i < 8; i++) {
          Future<?> write = writes.get(i);
          while (!write.isDone()) {
            Thread.onSpinWait();
          }
          if (write.state() == Future.State.SUCCESS) {
            acknowledge(revisions.get(i));
          } else {
            failed++;
          }
        }
      }
      disk.free();
      requireAcknowledged("round " + round);
    }
    assertThat(acknowledged).isNotEmpty();
    assertThat(failed).isPositive();
  }

  @Test
  void createCorpus_diskFull_leavesNothing() {
    for (int at = 0; at < 12; at++) {
      disk.fillAfter(at);
      RagException failure =
          catchThrowableOfType(RagException.class, () -> store.createCorpus(Corpora.of("another")));
      disk.free();
      if (failure != null) {
        assertThat(failure.reason()).isEqualTo("DISK_FULL");
        assertThat(store.corpora(null, 9)).containsExactly(Corpora.of("docs"));
      } else {
        store.deleteCorpus(new CorpusId("another"), c -> {});
      }
    }
    store.createCorpus(Corpora.of("another"));
    assertThat(folder.resolve("corpora").toFile().list())
        .containsExactlyInAnyOrder("docs", "another");
  }
}
