package dev.ragline.copying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.call.Call;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.MetadataField;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.MetadataType;
import dev.ragline.document.Metric;
import dev.ragline.document.RagException;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.CorpusStats;
import dev.ragline.store.Revisions;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LuceneCopyTest extends CopyContract {
  private static final CorpusStats NOTHING = new CorpusStats(0, 0);

  @TempDir private Path folder;

  @Override
  protected ChunkStore openFrom() {
    return LuceneChunkStore.open(
        new LuceneStoreConfig(folder.resolve("from")), TestExecution.SHARED);
  }

  @Override
  protected ChunkStore openTo() {
    return LuceneChunkStore.open(new LuceneStoreConfig(folder.resolve("to")), TestExecution.SHARED);
  }

  @Test
  void copy_originalGotMoreMetadata_addsThemToTheCopy() {
    fill();
    copy();
    MetadataSchema schema =
        MetadataSchema.of(List.of(new MetadataField("team", MetadataType.STRING)));
    var _ = from.updateCorpus(CORPUS, corpus -> corpus.withMetadataSchema(schema, "etag-2"));
    copy();
    assertSame();
  }

  @Test
  void copy_corpusOlderThanFilters_canBeFiltered() {
    fill();
    var _ =
        from.updateCorpus(
            CORPUS, corpus -> corpus.withMetadataSchema(MetadataSchema.BEFORE_FILTERS, "etag-2"));
    copy();
    try (CorpusSnapshot copy = to.snapshot(CORPUS)) {
      assertThat(copy.corpus().metadataSchema()).isEqualTo(MetadataSchema.EMPTY);
    }
  }

  @Test
  void copy_unknownCorpus_isNotFoundAndMakesNone() {
    assertFails(this::copy, "CORPUS_NOT_FOUND", "there is no corpus " + CORPUS);
    assertThat(to.corpora(null, 10)).isEmpty();
  }

  @Test
  void copy_documentChangedOrGoneOrNew_followsTheOriginal() {
    fill();
    copy();
    var _ = from.replaceDocument(CORPUS, Revisions.of("large", "smaller"), Call.UNLIMITED);
    var _ = from.replaceDocument(CORPUS, Revisions.of("new", "one", "two"), Call.UNLIMITED);
    var _ = from.deleteDocument(CORPUS, new DocumentId("handbook~8 ü.md"), Call.UNLIMITED);

    assertThat(copy())
        .isEqualTo(new CopyResult(CORPUS, new CorpusStats(2, 3), new CorpusStats(9, 28), 1));

    assertThat(
            new CorpusCopier(from, to, TestExecution.SHARED.waiting())
                .copy(CORPUS, true, CopyProgress.UNHEARD))
        .isEqualTo(new CopyResult(CORPUS, new CorpusStats(11, 31), NOTHING, 0));
    assertSame();
  }

  @Test
  void copy_moreThanAPage_tellsOfEachOnce() {
    from.createCorpus(Corpora.of(CORPUS.value()));
    for (int i = 0; i < 300; i++) {
      var _ = from.replaceDocument(CORPUS, Revisions.of("d" + i, "text"), Call.UNLIMITED);
    }
    List<Long> told = new ArrayList<>();

    CopyResult result =
        new CorpusCopier(from, to, TestExecution.SHARED.waiting())
            .copy(
                CORPUS,
                false,
                (corpus, done, documents) -> {
                  assertThat(corpus).isEqualTo(CORPUS);
                  assertThat(documents).isEqualTo(300);
                  told.add(done);
                });

    assertThat(result.copied()).isEqualTo(new CorpusStats(300, 300));
    assertThat(told).isEqualTo(LongStream.rangeClosed(1, 300).boxed().toList());
    assertSame();
  }

  @Test
  void copy_targetFailsHalfWay_goesOnWhenBegunAgain() {
    fill();
    FailingStore failing = new FailingStore(to, 5, 1000, full());

    assertFails(() -> copyTo(failing), "DISK_FULL", "full");

    CopyResult rest = copy();
    assertThat(rest.skipped().documents()).isEqualTo(5);
    assertThat(rest.copied().documents()).isEqualTo(6);
    assertSame();
  }

  @Test
  void copy_targetBusyForAWhile_waitsAsItAsksLongerEachTime() {
    fill();
    RagException busy = RagException.unavailable("BUSY", "busy", Duration.ofSeconds(1), null);
    List<Duration> pauses = new ArrayList<>();
    FailingStore failing = new FailingStore(to, 10, 3, busy);

    // The last document is alone on its way, so that it alone is tried again.
    CopyResult result =
        new CorpusCopier(from, failing, TestExecution.SHARED.waiting(), pauses::add)
            .copy(CORPUS, false, CopyProgress.UNHEARD);

    assertThat(result.copied().documents()).isEqualTo(11);
    assertThat(pauses).hasSize(3).allMatch(pause -> pause.compareTo(Duration.ofSeconds(4)) <= 0);
    assertSame();
  }

  @Test
  void copy_targetBusyForGood_givesUp() {
    fill();
    RagException busy = RagException.unavailable("BUSY", "busy", Duration.ofSeconds(1), null);
    List<Duration> pauses = java.util.Collections.synchronizedList(new ArrayList<>());
    FailingStore failing = new FailingStore(to, 0, 1000, busy);

    assertThatThrownBy(
            () ->
                new CorpusCopier(from, failing, TestExecution.SHARED.waiting(), pauses::add)
                    .copy(CORPUS, false, CopyProgress.UNHEARD))
        .isSameAs(busy);
    assertThat(pauses)
        .contains(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4))
        .contains(Duration.ofSeconds(8))
        .doesNotContain(Duration.ofSeconds(16));
  }

  @Test
  void copy_corpusThereWithOtherSettings_isRefused() {
    fill();
    to.createCorpus(Corpora.of(CORPUS.value(), Metric.L2, 4));

    assertFails(this::copy, "CORPUS_MISMATCH", "dimension 4), measured by L2");

    new CorpusCopier(from, to, TestExecution.SHARED.waiting())
        .copy(CORPUS, true, CopyProgress.UNHEARD);
    assertSame();
  }

  @Test
  void copy_recreateInTheSameStore_isRefusedAndDeletesNothing() {
    fill();
    assertFails(
        () ->
            new CorpusCopier(from, from, TestExecution.SHARED.waiting())
                .copy(CORPUS, true, CopyProgress.UNHEARD),
        "SAME_STORE",
        "both stores are the same");
    try (CorpusSnapshot kept = from.snapshot(CORPUS)) {
      assertThat(kept.stats().documents()).isEqualTo(11);
    }
  }

  @Test
  void copy_otherCorporaOfTheTarget_stay() {
    fill();
    CorpusId other = new CorpusId("other");
    to.createCorpus(Corpora.of("other"));
    var _ = to.replaceDocument(other, Revisions.of("d", "text"), Call.UNLIMITED);

    new CorpusCopier(from, to, TestExecution.SHARED.waiting())
        .copy(CORPUS, true, CopyProgress.UNHEARD);

    try (CorpusSnapshot kept = to.snapshot(other)) {
      assertThat(kept.stats()).isEqualTo(new CorpusStats(1, 1));
    }
  }

  private void copyTo(ChunkStore store) {
    CopyResult _ =
        new CorpusCopier(from, store, TestExecution.SHARED.waiting())
            .copy(CORPUS, false, CopyProgress.UNHEARD);
  }

  private static RagException full() {
    return new RagException(ErrorCode.RESOURCE_EXHAUSTED, "DISK_FULL", "full");
  }

  private static void assertFails(Runnable work, String reason, String message) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(RagException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
  }
}
