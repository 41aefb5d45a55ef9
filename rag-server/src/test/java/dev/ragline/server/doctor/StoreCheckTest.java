package dev.ragline.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.RagException;
import dev.ragline.store.ChunkStore;
import dev.ragline.store.Corpora;
import dev.ragline.store.DocumentRevision;
import dev.ragline.store.lucene.LuceneChunkStore;
import dev.ragline.store.lucene.LuceneStoreConfig;
import dev.ragline.testing.AbsentStore;
import dev.ragline.testing.ForwardingStore;
import dev.ragline.testing.TestExecution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StoreCheckTest {
  @TempDir Path folder;

  private ChunkStore open() {
    return LuceneChunkStore.open(new LuceneStoreConfig(folder), TestExecution.SHARED);
  }

  private static Checked examine(ChunkStore store, Optional<EmbeddingModel> model) {
    StoreCheck check =
        new StoreCheck(
            "./data",
            "lucene",
            work -> work.accept(store),
            each -> each.list(null, 100),
            () -> model);
    return Doctor.examine(List.of(check), Duration.ofSeconds(30)).getFirst();
  }

  private static List<String> texts(Checked checked) {
    return checked.findings().stream().map(Finding::text).toList();
  }

  @Test
  void examine_store_leavesNothing() {
    try (ChunkStore store = open()) {
      store.createCorpus(Corpora.of("own"));
      Checked checked = examine(store, Optional.of(new EmbeddingModel("m", "0123", 8, 64)));

      assertThat(checked.findings()).isEmpty();
      assertThat(checked.isWell()).isTrue();
      assertThat(store.corpora(null, 10))
          .extracting(Corpus::id)
          .containsExactly(new CorpusId("own"));
    }
  }

  @Test
  void examine_corporaOfOtherModels_areNamedTogether() {
    try (ChunkStore store = open()) {
      List.of("a", "b", "c", "d", "e", "f", "g").forEach(id -> store.createCorpus(Corpora.of(id)));

      Checked checked = examine(store, Optional.of(new EmbeddingModel("new", "9999", 8, 64)));

      assertThat(checked.answers()).isTrue();
      assertThat(checked.isWell()).isFalse();
      assertThat(texts(checked))
          .singleElement()
          .asString()
          .startsWith(
              "Corpora a, b, c, d, e and 2 more were made with the embedding model test (0123),"
                  + " and new (9999) is configured");
      assertThat(examine(store, Optional.empty()).isWell()).isTrue();
    }
  }

  @Test
  void examine_writeFails_stillTakesTheCorpusAway() {
    try (ChunkStore store = open()) {
      ChunkStore full =
          new ForwardingStore(store) {
            @Override
            public String replaceDocument(Corpus corpus, DocumentRevision revision, Call call) {
              throw RagException.unavailable("DISK_FULL", "the disk is full", Duration.ZERO, null);
            }
          };
      Checked checked = examine(full, Optional.empty());

      assertThat(checked.answers()).isFalse();
      assertThat(texts(checked))
          .containsExactly("The disk is full (DISK_FULL). Make room on the disk.");
      assertThat(store.corpora(null, 10)).isEmpty();
    }
  }

  @Test
  void examine_deleteFails_namesWhatMayBeLeft() {
    try (ChunkStore store = open()) {
      ChunkStore keeping =
          new ForwardingStore(store) {
            @Override
            public void deleteCorpus(CorpusId id, Consumer<Optional<Corpus>> approve) {
              throw RagException.unavailable("AWAY", "it went away", Duration.ZERO, null);
            }
          };
      assertThat(texts(examine(keeping, Optional.empty())))
          .singleElement()
          .asString()
          .contains("may still be there: it went away. Delete it with: rag corpus delete ragline-");
      assertThat(texts(examine(store, Optional.empty())))
          .singleElement()
          .asString()
          .contains("was left by a rag doctor that was stopped");
    }
  }

  @Test
  void examine_storeAway_saysSo() {
    Checked checked = examine(new AbsentStore(), Optional.empty());

    assertThat(checked.answers()).isFalse();
    assertThat(texts(checked)).containsExactly("The store is away (STORE_AWAY).");
  }
}
