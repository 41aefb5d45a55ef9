package dev.ragline.store.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import dev.ragline.store.Revisions;
import dev.ragline.store.WholeDocuments;
import dev.ragline.store.milvus.CrashingProcess.Last;
import dev.ragline.store.milvus.Steps.Step;
import dev.ragline.testing.TakesMinutes;
import dev.ragline.testing.TestExecution;
import dev.ragline.testing.milvus.Milvus;
import dev.ragline.testing.milvus.MilvusServer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A server that ends between any two of its steps; another goes on. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
@TakesMinutes
class MilvusCrashTest {
  /** How often a step is done before the crash; by then something is replaced. */
  private static final int TIMES = 3;

  private static final int AT_ONCE = 4;

  private static final DocumentId DOCUMENT = new DocumentId(CrashingProcess.DOCUMENT);

  @Test
  void crash_afterAnyStepOnLite_leavesWholeRevisionsOnly() throws Exception {
    tryAll(Milvus.lite(), EnumSet.allOf(Step.class));
  }

  @Test
  void crash_afterSomeStepsOnStandalone_leavesWholeRevisionsOnly() throws Exception {
    tryAll(
        Milvus.standalone(),
        EnumSet.of(
            Step.CONTENT_WRITTEN,
            Step.HEAD_WRITTEN,
            Step.OLD_CHUNKS_REMOVED,
            Step.END_OF_CORPUS_WRITTEN));
  }

  /** Several at once, each in collections of its own: they mostly wait. */
  private static void tryAll(MilvusServer server, Set<Step> steps) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> tries = new ArrayList<>();
      for (Step step : steps) {
        tries.add(threads.submit(() -> crashAfter(server, step)));
      }
      for (Future<?> each : tries) {
        each.get();
      }
    }
  }

  private static void crashAfter(MilvusServer server, Step step) {
    try (CrashingProcess process = CrashingProcess.start(MilvusStores.brief(server), step, TIMES)) {
      requireWhole(server, process);
    }
  }

  private static void requireWhole(MilvusServer server, CrashingProcess crashed) {
    Last last = crashed.last();
    Step step = crashed.step();
    try (MilvusChunkStore other = MilvusChunkStore.open(crashed.config(), TestExecution.SHARED)) {
      boolean there = !other.corpora(null, 9).isEmpty();
      if (there) {
        requireOneRevision(other, step, last);
      } else {
        assertThat(step).isGreaterThanOrEqualTo(Step.CREATION_NOTED);
        create(other, step);
      }
      write(other);
      MilvusRows.awaitNothingElse(server, crashed.config(), other);
      write(other);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("after " + step, e);
    }
  }

  private static void requireOneRevision(MilvusChunkStore store, Step step, Last last) {
    try (CorpusSnapshot snapshot =
        store.snapshot(CrashingProcess.CORPUS, Freshness.STRONG, Call.UNLIMITED)) {
      Map<DocumentId, String> shown = WholeDocuments.read(snapshot);
      if (step.compareTo(Step.CREATION_NOTED) >= 0) {
        // The corpus is there, created just before the crash or not yet deleted.
        assertThat(shown.size()).isLessThanOrEqualTo(1);
      } else if (step.compareTo(Step.HEAD_WRITTEN) >= 0) {
        assertThat(shown.get(DOCUMENT)).isIn(last.writing(), last.written());
      } else {
        assertThat(shown.get(DOCUMENT)).isEqualTo(last.written());
      }
    }
  }

  /** A name that was being taken is free when the sweep has been there, any other at once. */
  private static void create(MilvusChunkStore store, Step step) {
    boolean created = false;
    while (!created) {
      try {
        store.createCorpus(Corpora.of(CrashingProcess.CORPUS.value()));
        created = true;
      } catch (RagException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
        assertThat(mayHoldName(step)).as("%s: %s", step, e).isTrue();
        MilvusRows.sweepAll(store);
      }
    }
  }

  /** What is done in the background may crash while the next corpus is being created. */
  private static boolean mayHoldName(Step step) {
    return step == Step.NAME_TAKEN || step.compareTo(Step.COLLECTION_DROPPED) >= 0;
  }

  private static void write(MilvusChunkStore store) {
    store.replaceDocument(
        CrashingProcess.CORPUS,
        Revisions.of(CrashingProcess.DOCUMENT, "new", "text"),
        Call.UNLIMITED);
    try (CorpusSnapshot snapshot = store.snapshot(CrashingProcess.CORPUS)) {
      assertThat(WholeDocuments.read(snapshot)).containsExactly(Map.entry(DOCUMENT, "new\n\ntext"));
    }
  }
}
