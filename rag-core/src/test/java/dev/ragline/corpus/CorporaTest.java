package dev.ragline.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragline.document.Chunking;
import dev.ragline.document.Consistency;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.MetadataSchema;
import dev.ragline.document.Metric;
import dev.ragline.document.RagException;
import dev.ragline.store.CorpusStats;
import dev.ragline.store.StoredCorpus;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.FakeEmbedder;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorporaTest {
  private static final CorpusId FAQ = new CorpusId("faq");
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789123Z");

  @TempDir Path folder;
  private final FakeEmbedder embedder = new FakeEmbedder();
  private LuceneChunkStore store;
  private Corpora corpora;

  @BeforeEach
  void open() {
    store = LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
    corpora = new Corpora(store, embedder, InstantSource.fixed(NOW));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private StoredCorpus.Active create(String id) {
    return create(id, new Chunking.Fixed(64, 8));
  }

  private StoredCorpus.Active create(String id, Chunking chunking) {
    return corpora.create(
        new CorpusId(id),
        "Name of " + id,
        Metric.L2,
        chunking,
        Consistency.STRONG,
        null,
        MetadataSchema.EMPTY);
  }

  private static void requireFails(String reason, ThrowingCallable call) {
    RagException failure = catchThrowableOfType(RagException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.reason()).isEqualTo(reason);
  }

  @Test
  void create_corpus_isBoundToTheEmbeddingModelAndSurvivesARestart() {
    StoredCorpus.Active created = create("faq");
    Corpus corpus = created.corpus();
    assertThat(corpus.embeddingModel()).isEqualTo(embedder.model());
    assertThat(corpus.displayName()).isEqualTo("Name of faq");
    assertThat(corpus.metric()).isEqualTo(Metric.L2);
    assertThat(corpus.chunking()).isEqualTo(new Chunking.Fixed(64, 8));
    assertThat(corpus.createTime()).isEqualTo(Instant.parse("2026-02-03T04:05:06.789Z"));
    assertThat(created.stats()).isEqualTo(new CorpusStats(0, 0));
    close();
    open();
    assertThat(corpora.get(FAQ)).isEqualTo(created);
  }

  @Test
  void create_takenId_fails() {
    StoredCorpus.Active first = create("faq");
    requireFails("CORPUS_ALREADY_EXISTS", () -> create("faq"));
    assertThat(corpora.get(FAQ)).isEqualTo(first);
  }

  @Test
  void create_overlapAsLargeAsTheModelsWindow_isRefused() {
    int window = embedder.model().maxTokens();
    requireFails("INVALID_FIELD", () -> create("faq", new Chunking.Fixed(0, window)));
    assertThat(corpora.list(null, 1)).isEmpty();
    assertThat(create("faq", new Chunking.Fixed(0, window - 1)).corpus().id()).isEqualTo(FAQ);
    Chunking larger = new Chunking.Fixed(2 * window, window);
    assertThat(create("larger", larger).corpus().chunking()).isEqualTo(larger);
  }

  @Test
  void list_pages_areInOrderAndFull() {
    List<StoredCorpus.Active> all =
        List.of(create("A"), create("B"), create("a"), create("b"), create("c"));
    assertThat(corpora.list(null, 100)).isEqualTo(all);
    assertThat(corpora.list(null, 2)).isEqualTo(all.subList(0, 2));
    assertThat(corpora.list(new CorpusId("B"), 2)).isEqualTo(all.subList(2, 4));
    assertThat(corpora.list(new CorpusId("b"), 2)).isEqualTo(all.subList(4, 5));
    assertThat(corpora.list(new CorpusId("c"), 2)).isEmpty();
  }

  @Test
  void rename_etag_guardsWhatWasRead() {
    String read = create("faq").corpus().etag();
    StoredCorpus.Active renamed = corpora.update(FAQ, CorpusChange.displayName("One"), read);
    assertThat(renamed.corpus().displayName()).isEqualTo("One");
    assertThat(renamed.corpus().etag()).isNotEqualTo(read);
    requireFails("ETAG_MISMATCH", () -> corpora.update(FAQ, CorpusChange.displayName("Two"), read));
    assertThat(corpora.get(FAQ)).isEqualTo(renamed);
    assertThat(corpora.update(FAQ, CorpusChange.displayName("Three"), "").corpus().displayName())
        .isEqualTo("Three");
    requireFails(
        "CORPUS_NOT_FOUND",
        () -> corpora.update(new CorpusId("none"), CorpusChange.displayName("x"), ""));
  }

  @Test
  void delete_etag_guardsWhatWasRead() {
    String read = create("faq").corpus().etag();
    String current = corpora.update(FAQ, CorpusChange.displayName("One"), "").corpus().etag();
    requireFails("ETAG_MISMATCH", () -> corpora.delete(FAQ, read));
    assertThat(corpora.get(FAQ).requireActive().corpus().displayName()).isEqualTo("One");
    corpora.delete(FAQ, current);
    requireFails("CORPUS_NOT_FOUND", () -> corpora.get(FAQ));
    requireFails("CORPUS_NOT_FOUND", () -> corpora.delete(FAQ, ""));
    assertThat(create("faq").corpus().displayName()).isEqualTo("Name of faq");
  }
}
