package dev.ragline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.call.Call;
import dev.ragline.document.Chunking;
import dev.ragline.document.Consistency;
import dev.ragline.document.Corpus;
import dev.ragline.document.CorpusId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.Language;
import dev.ragline.document.Metric;
import dev.ragline.document.RagException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every store promises about corpora. */
interface CorpusContract {
  ChunkStore store();

  /** Closes the store and opens what it left. */
  ChunkStore reopened();

  /** Checks how a call fails. */
  static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).as(e.toString()).isEqualTo(code));
  }

  @Test
  default void createCorpus_new_isSeenByAll() {
    Corpus corpus = Corpora.of("notes");
    store().createCorpus(corpus);
    assertThat(store().corpora(null, 10)).containsExactly(corpus);
    try (CorpusSnapshot snapshot = store().snapshot(corpus.id())) {
      assertThat(snapshot.corpus()).isEqualTo(corpus);
      assertThat(snapshot.stats()).isEqualTo(new CorpusStats(0, 0));
      assertThat(snapshot.documents(null, 10)).isEmpty();
    }
    assertThat(store().isServing()).isTrue();
  }

  @Test
  default void createCorpus_idTaken_isRefused() {
    store().createCorpus(Corpora.of("notes"));
    assertFails(
        ErrorCode.ALREADY_EXISTS, () -> store().createCorpus(Corpora.of("notes", Metric.L2, 3)));
    assertThat(store().corpora(null, 10)).containsExactly(Corpora.of("notes"));
  }

  @Test
  default void createCorpus_idsThatDifferByCase_areDifferentCorpora() {
    List<String> ids = List.of("A", "AB", "Ab", "a", "aB", "ab", "b", "con", "x-Y_z");
    ids.forEach(id -> store().createCorpus(Corpora.of(id)));
    store().replaceDocument(new CorpusId("aB"), Revisions.of("only here", "text"), Call.UNLIMITED);
    for (String id : ids) {
      try (CorpusSnapshot snapshot = store().snapshot(new CorpusId(id))) {
        assertThat(snapshot.stats().documents()).as(id).isEqualTo(id.equals("aB") ? 1 : 0);
      }
    }
    assertThat(store().corpora(null, 100)).extracting(c -> c.id().value()).isEqualTo(ids);
  }

  @Test
  default void corpora_pages_continueAfterTheLast() {
    for (String id : List.of("c", "a", "e", "b", "d")) {
      store().createCorpus(Corpora.of(id));
    }
    assertThat(store().corpora(null, 2)).extracting(c -> c.id().value()).containsExactly("a", "b");
    assertThat(store().corpora(new CorpusId("b"), 2))
        .extracting(c -> c.id().value())
        .containsExactly("c", "d");
    assertThat(store().corpora(new CorpusId("bb"), 9))
        .extracting(c -> c.id().value())
        .containsExactly("c", "d", "e");
    assertThat(store().corpora(new CorpusId("e"), 9)).isEmpty();
  }

  @Test
  default void updateCorpus_newName_replacesTheSettings() {
    Corpus corpus = Corpora.of("notes");
    store().createCorpus(corpus);
    CorpusSnapshot before = store().snapshot(corpus.id());
    Corpus changed = store().updateCorpus(corpus.id(), c -> c.renamed("Notizen ☕", "etag-2"));
    assertThat(changed).isEqualTo(corpus.renamed("Notizen ☕", "etag-2"));
    assertThat(before.corpus()).isEqualTo(corpus);
    before.close();
    assertThat(store().corpora(null, 1)).containsExactly(changed);
    assertThat(reopened().corpora(null, 1)).containsExactly(changed);
  }

  @Test
  default void updateCorpus_changeThrows_keepsTheSettings() {
    Corpus corpus = Corpora.of("notes");
    store().createCorpus(corpus);
    assertFails(
        ErrorCode.ABORTED,
        () ->
            store()
                .updateCorpus(
                    corpus.id(),
                    c -> {
                      throw RagException.etagMismatch("ragline.dev/Corpus", "corpora/notes");
                    }));
    assertThat(store().corpora(null, 1)).containsExactly(corpus);
  }

  @Test
  default void createCorpus_everySetting_survivesReopening() {
    List<Chunking> chunkings =
        List.of(
            new Chunking.Structure(128),
            new Chunking.Fixed(64, 8),
            new Chunking.Separator("# \n\"ß"));
    for (int i = 0; i < chunkings.size(); i++) {
      Corpus like = Corpora.of("c" + i, List.of(Metric.L2, Metric.IP, Metric.COSINE).get(i), 3 + i);
      store()
          .createCorpus(
              new Corpus(
                  like.id(),
                  "",
                  like.embeddingModel(),
                  like.metric(),
                  chunkings.get(i),
                  List.of(Consistency.STRONG, Consistency.BOUNDED, Consistency.EVENTUAL).get(i),
                  i == 0 ? null : Language.all().get(i),
                  like.createTime(),
                  like.etag()));
    }
    List<Corpus> before = store().corpora(null, 10);
    assertThat(before).extracting(Corpus::chunking).isEqualTo(chunkings);
    assertThat(reopened().corpora(null, 10)).isEqualTo(before);
  }

  @Test
  default void deleteCorpus_approved_isGoneAndItsIdFree() {
    Corpus corpus = Corpora.of("notes");
    store().createCorpus(corpus);
    store().replaceDocument(corpus.id(), Revisions.of("doc", "text"), Call.UNLIMITED);
    store().deleteCorpus(corpus.id(), c -> assertThat(c).contains(corpus));
    assertThat(store().corpora(null, 10)).isEmpty();
    assertFails(ErrorCode.NOT_FOUND, () -> store().snapshot(corpus.id()).close());
    store().createCorpus(corpus);
    try (CorpusSnapshot snapshot = store().snapshot(corpus.id())) {
      assertThat(snapshot.stats()).isEqualTo(new CorpusStats(0, 0));
    }
  }

  @Test
  default void deleteCorpus_refused_keepsIt() {
    Corpus corpus = Corpora.of("notes");
    store().createCorpus(corpus);
    store().replaceDocument(corpus.id(), Revisions.of("doc", "text"), Call.UNLIMITED);
    assertFails(
        ErrorCode.ABORTED,
        () ->
            store()
                .deleteCorpus(
                    corpus.id(),
                    c -> {
                      throw RagException.etagMismatch("ragline.dev/Corpus", "corpora/notes");
                    }));
    try (CorpusSnapshot snapshot = store().snapshot(corpus.id())) {
      assertThat(WholeDocuments.read(snapshot)).hasSize(1);
    }
  }

  @Test
  default void replaceDocument_preparedForACorpusThatIsGone_landsNowhere() {
    Corpus gone = Corpora.of("notes");
    DocumentRevision revision = Revisions.of("doc", "text");
    store().createCorpus(gone);
    Corpus changed = store().updateCorpus(gone.id(), c -> c);
    assertThat(store().replaceDocument(changed, revision, Call.UNLIMITED)).isNotEmpty();
    store().deleteCorpus(gone.id(), c -> {});
    assertFails(ErrorCode.NOT_FOUND, () -> store().replaceDocument(gone, revision, Call.UNLIMITED));
    Corpus anew =
        new Corpus(
            gone.id(),
            "",
            gone.embeddingModel(),
            gone.metric(),
            new Chunking.Separator("@"),
            gone.consistency(),
            null,
            gone.createTime().plusMillis(1),
            gone.etag());
    store().createCorpus(anew);
    assertFails(ErrorCode.ABORTED, () -> store().replaceDocument(gone, revision, Call.UNLIMITED));
    try (CorpusSnapshot snapshot = store().snapshot(anew.id())) {
      assertThat(snapshot.stats()).isEqualTo(new CorpusStats(0, 0));
    }
    store().replaceDocument(anew, revision, Call.UNLIMITED);
    DocumentId document = revision.document().id();
    assertFails(ErrorCode.ABORTED, () -> store().deleteDocument(gone, document, Call.UNLIMITED));
    assertThat(store().deleteDocument(anew, document, Call.UNLIMITED)).isPresent();
  }

  @Test
  default void everyCall_noSuchCorpus_isNotFound() {
    CorpusId id = new CorpusId("nowhere");
    assertFails(ErrorCode.NOT_FOUND, () -> store().snapshot(id).close());
    assertFails(ErrorCode.NOT_FOUND, () -> store().updateCorpus(id, c -> c));
    assertFails(ErrorCode.NOT_FOUND, () -> store().deleteCorpus(id, c -> {}));
    assertFails(
        ErrorCode.NOT_FOUND,
        () -> store().replaceDocument(id, Revisions.of("doc", "text"), Call.UNLIMITED));
    assertFails(
        ErrorCode.NOT_FOUND,
        () -> store().deleteDocument(id, Revisions.of("d", "t").document().id(), Call.UNLIMITED));
  }

  @Test
  default void list_corporaWithDocuments_areCountedBeforeAndAfterARestart() {
    Corpus empty = Corpora.of("empty");
    Corpus filled = Corpora.of("filled");
    store().createCorpus(empty);
    store().createCorpus(filled);
    String _ = store().replaceDocument(filled.id(), Revisions.of("one", "a", "b"), Call.UNLIMITED);
    String _ = store().replaceDocument(filled.id(), Revisions.of("two", "c"), Call.UNLIMITED);
    var _ = store().deleteDocument(filled.id(), new DocumentId("one"), Call.UNLIMITED);
    List<StoredCorpus> expected =
        List.of(
            new StoredCorpus.Active(empty, new CorpusStats(0, 0)),
            new StoredCorpus.Active(filled, new CorpusStats(1, 1)));
    assertThat(store().list(null, 9)).isEqualTo(expected);
    assertThat(store().corpus(filled.id())).isEqualTo(expected.getLast());
    ChunkStore reopened = reopened();
    assertThat(reopened.list(null, 9)).isEqualTo(expected);
    assertThat(reopened.list(empty.id(), 9)).isEqualTo(expected.subList(1, 2));
    assertFails(ErrorCode.NOT_FOUND, () -> reopened.corpus(new CorpusId("none")));
  }
}
