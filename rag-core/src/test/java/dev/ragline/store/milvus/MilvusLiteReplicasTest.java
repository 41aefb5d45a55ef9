package dev.ragline.store.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.store.Corpora;
import dev.ragline.store.CorpusSnapshot;
import dev.ragline.store.Freshness;
import dev.ragline.testing.TestExecution;
import dev.ragline.testing.milvus.Milvus;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Also tests what is the same on every server, and takes long on others. */
class MilvusLiteReplicasTest extends MilvusReplicasContract {
  MilvusLiteReplicasTest() {
    // Not when the class is loaded, which a machine without Python could not skip.
    super(Milvus.lite(), MilvusStores.brief(Milvus.lite()));
  }

  @Test
  void deleteDocument_writtenByTheOther_isGoneForBothAndCanComeBack() {
    write(one, "old");
    Optional<String> token = other.deleteDocument(corpus, DOCUMENT, Call.UNLIMITED);
    assertThat(read(one, Freshness.of(token.orElseThrow()))).isEmpty();
    assertThat(one.deleteDocument(corpus, DOCUMENT, Call.UNLIMITED)).isEmpty();
    assertShows(other, Freshness.of(write(one, "back")), "back");
  }

  @Test
  void snapshot_endOfADocumentForgottenMeanwhile_doesNotBringItBack() {
    MilvusStoreConfig forgetful =
        MilvusStores.withTimes(config, config.retention(), Duration.ofSeconds(6));
    try (MilvusChunkStore deleting = MilvusChunkStore.open(forgetful, TestExecution.SHARED);
        MilvusChunkStore reading = MilvusChunkStore.open(forgetful, TestExecution.SHARED)) {
      write(deleting, "text");
      assertShows(reading, Freshness.STRONG, "text");
      deleting.deleteDocument(corpus, DOCUMENT, Call.UNLIMITED);
      MilvusRows.awaitNothingElse(server, config, deleting, deleting::sweep);
      assertThat(read(reading, Freshness.STRONG)).isEmpty();
    }
  }

  @Test
  void updateCorpus_byTheOther_isSeenAndLeavesOneRow() {
    write(other, "text");
    for (int i = 0; i < 3; i++) {
      String name = "Name " + i;
      one.updateCorpus(corpus, c -> c.renamed(name, "etag"));
      try (CorpusSnapshot snapshot = other.snapshot(corpus, Freshness.STRONG, Call.UNLIMITED)) {
        assertThat(snapshot.corpus().displayName()).isEqualTo(name);
      }
      other.updateCorpus(corpus, c -> c.renamed(c.displayName() + "!", "etag"));
    }
    assertThat(one.corpora(null, 99)).extracting("displayName").contains("Name 2!");
  }

  @Test
  void snapshot_tokenFromBeforeReopening_isTaken() {
    String token = write(one, "text");
    one.close();
    one = MilvusChunkStore.open(config, TestExecution.SHARED);
    assertShows(one, Freshness.of(token), "text");
  }

  @Test
  void snapshot_tokenThatIsNotTheStores_isRefused() {
    String token = write(one, "text");
    MilvusStoreConfig elsewhere = MilvusStores.config(server);
    try (MilvusChunkStore stranger = MilvusChunkStore.open(elsewhere, TestExecution.SHARED)) {
      stranger.createCorpus(Corpora.of(corpus.value()));
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> read(stranger, Freshness.of(token)));
    }
    for (int i = 0; i < token.length(); i++) {
      char changed = token.charAt(i) == 'A' ? 'B' : 'A';
      String forged = token.substring(0, i) + changed + token.substring(i + 1);
      assertFails(ErrorCode.INVALID_ARGUMENT, () -> read(one, Freshness.of(forged)));
    }
  }

  @Test
  void replaceDocument_replicaThatNeverReads_leavesNothingOfTheOthers() {
    write(other, "first");
    write(one, "second", "second, too");
    MilvusRows.awaitNothingElse(server, config, one);
    write(other, "third");
    assertShows(one, Freshness.STRONG, "third");
  }
}
