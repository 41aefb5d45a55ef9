package dev.ragline.store;

import static dev.ragline.store.CorpusContract.assertFails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Document;
import dev.ragline.document.DocumentId;
import dev.ragline.document.ErrorCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every store promises about documents. */
interface DocumentContract extends CorpusContract {
  CorpusId CORPUS = new CorpusId("docs");

  /** A store with the empty corpus {@link #CORPUS}. */
  default ChunkStore filled(DocumentRevision... revisions) {
    store().createCorpus(Corpora.of(CORPUS.value()));
    for (DocumentRevision revision : revisions) {
      store().replaceDocument(CORPUS, revision, Call.UNLIMITED);
    }
    return store();
  }

  /** Checks that the corpus holds just these. */
  static void assertHolds(ChunkStore store, DocumentRevision... revisions) {
    try (CorpusSnapshot snapshot = store.snapshot(CORPUS)) {
      assertThat(WholeDocuments.read(snapshot)).hasSize(revisions.length);
      for (DocumentRevision revision : revisions) {
        DocumentId id = revision.document().id();
        assertThat(snapshot.document(id)).contains(revision.document());
        assertThat(snapshot.chunks(id, 0, Integer.MAX_VALUE))
            .isEqualTo(revision.chunks().stream().map(EmbeddedChunk::chunk).toList());
        List<EmbeddedChunk> embedded = snapshot.embeddedChunks(id);
        assertThat(embedded).hasSameSizeAs(revision.chunks());
        assertThat(snapshot.embeddedDigests(id))
            .isEqualTo(revision.chunks().stream().map(EmbeddedChunk::embeddedDigest).toList());
        for (int i = 0; i < embedded.size(); i++) {
          EmbeddedChunk chunk = revision.chunks().get(i);
          assertThat(embedded.get(i).chunk()).isEqualTo(chunk.chunk());
          assertThat(embedded.get(i).embeddedDigest()).isEqualTo(chunk.embeddedDigest());
          assertThat(embedded.get(i).vector()).containsExactly(chunk.vector());
          assertThat(embedded.get(i).vectors().sentences().bytes())
              .containsExactly(chunk.vectors().sentences().bytes());
        }
      }
    }
  }

  @Test
  default void replaceDocument_new_isReadBackWhole() {
    DocumentRevision revision = Revisions.of("a.md", "first text", "second text", "third");
    assertHolds(filled(revision), revision);
  }

  @Test
  default void replaceDocument_announcedChunk_isReadBackWithWhatAnnouncesIt() {
    DocumentRevision revision =
        Revisions.announced(
            Revisions.of("a.md", "Grüße an:\n\n| \"n\" | p |", "| x | 1 |"),
            "Grüße an:",
            "an",
            "| \"n\" | p |");
    assertThat(revision.chunks().getLast().chunk().leadIns()).hasSize(3);
    assertHolds(filled(revision), revision);
    assertHolds(reopened(), revision);
  }

  @Test
  default void replaceDocument_largerSmallerSameAndWithoutChunks_leavesOnlyTheLast() {
    DocumentRevision other = Revisions.of("other", "stays");
    filled(other);
    List<DocumentRevision> revisions =
        List.of(
            Revisions.of("doc", "one", "two"),
            Revisions.of("doc", "one", "two", "three", "four"),
            Revisions.of("doc", "two"),
            Revisions.of("doc", "two"),
            Revisions.ofContent("doc", new byte[200_000]),
            Revisions.ofContent("doc", new byte[0]),
            Revisions.of("doc", "again"));
    for (DocumentRevision revision : revisions) {
      store().replaceDocument(CORPUS, revision, Call.UNLIMITED);
      assertHolds(store(), revision, other);
    }
    assertHolds(reopened(), revisions.getLast(), other);
  }

  @Test
  default void replaceDocument_whileSnapshotIsOpen_snapshotKeepsTheOld() {
    filled(Revisions.of("doc", "old text"));
    try (CorpusSnapshot old = store().snapshot(CORPUS)) {
      store().replaceDocument(CORPUS, Revisions.of("doc", "new text", "more"), Call.UNLIMITED);
      store().replaceDocument(CORPUS, Revisions.of("doc2", "another"), Call.UNLIMITED);
      assertThat(WholeDocuments.read(old))
          .containsOnly(Map.entry(new DocumentId("doc"), "old text"));
    }
    try (CorpusSnapshot now = store().snapshot(CORPUS)) {
      assertThat(WholeDocuments.read(now)).hasSize(2).containsValue("new text\n\nmore");
    }
  }

  @Test
  default void deleteDocument_there_isGoneAtOnce() {
    DocumentRevision kept = Revisions.of("kept", "stays");
    filled(Revisions.of("gone", "zebra"), kept);
    DocumentId gone = new DocumentId("gone");
    assertThat(store().deleteDocument(CORPUS, gone, Call.UNLIMITED)).isPresent();
    assertThat(store().deleteDocument(CORPUS, gone, Call.UNLIMITED)).isEmpty();
    assertHolds(store(), kept);
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      assertThat(snapshot.document(gone)).isEmpty();
      assertThat(snapshot.chunks(gone, 0, 10)).isEmpty();
      assertThat(snapshot.embeddedChunks(gone)).isEmpty();
      CandidateQuery query = new CandidateQuery(Revisions.vector("zebra"), "zebra", 10);
      Candidates found = snapshot.search(query);
      assertThat(found.lexical()).isEmpty();
      assertThat(found.dense()).extracting(c -> c.chunk().text()).containsExactly("stays");
      assertFails(
          ErrorCode.NOT_FOUND, () -> Revisions.content(snapshot, gone, new ByteRange(0, 0)));
    }
    assertHolds(reopened(), kept);
  }

  @Test
  default void documents_pages_followTheBytesOfTheirIds() {
    // U+1F600 sorts after U+FF21 by bytes and code points, and before it by UTF-16.
    List<String> ids = List.of("A", "a", "a b", "aa", "b", "é", "日本", "Ａ", "😀", "😀1");
    for (int i = ids.size() - 1; i >= 0; i--) {
      if (i == ids.size() - 1) {
        filled();
      }
      store().replaceDocument(CORPUS, Revisions.of(ids.get(i), "text of " + i), Call.UNLIMITED);
    }
    store().deleteDocument(CORPUS, new DocumentId("aa"), Call.UNLIMITED);
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      assertThat(snapshot.documents(null, 4))
          .extracting(d -> d.id().value())
          .containsExactly("A", "a", "a b", "b");
      assertThat(snapshot.documents(new DocumentId("aa"), 2))
          .extracting(d -> d.id().value())
          .containsExactly("b", "é");
      assertThat(snapshot.documents(new DocumentId("é"), 99))
          .extracting(d -> d.id().value())
          .containsExactly("日本", "Ａ", "😀", "😀1");
      List<Document> all = snapshot.documents(null, 99);
      assertThat(all).isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()));
    }
  }

  @Test
  default void chunks_pages_startAtTheOrdinal() {
    String[] texts = new String[25];
    Arrays.setAll(texts, i -> "text " + i);
    filled(Revisions.of("doc", texts));
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      DocumentId id = new DocumentId("doc");
      assertThat(snapshot.chunks(id, 0, 2))
          .extracting(Chunk::text)
          .containsExactly("text 0", "text 1");
      assertThat(snapshot.chunks(id, 23, 10))
          .extracting(c -> c.id().ordinal())
          .containsExactly(23, 24);
      assertThat(snapshot.chunks(id, 25, 10)).isEmpty();
    }
  }

  @Test
  default void content_anyRange_isTheBytesThereInOrder() {
    int block = 64 * 1024;
    byte[] content = new byte[3 * block + 17];
    new Random(7).nextBytes(content);
    filled(Revisions.ofContent("big", content));
    long[] edges = {0, 1, block - 1, block, block + 1, 2L * block, 3L * block, content.length};
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      DocumentId id = new DocumentId("big");
      for (long start : edges) {
        for (long end : edges) {
          if (start <= end) {
            assertThat(Revisions.content(snapshot, id, new ByteRange(start, end)))
                .as("%d to %d", start, end)
                .isEqualTo(Arrays.copyOfRange(content, (int) start, (int) end));
          }
        }
      }
      assertFails(
          ErrorCode.INVALID_ARGUMENT,
          () -> Revisions.content(snapshot, id, new ByteRange(0, content.length + 1)));
    }
  }

  @Test
  default void replaceDocument_unicodeEverywhere_isReadBackExactly() {
    DocumentRevision revision =
        Revisions.of(
            "naïve ☕/".replace("/", "∕") + "\u0301𝒳",
            List.of("Überschrift", "第一章"),
            Revisions::vector,
            "e\u0301 und é",
            "𝒳 \uFFFF \u202E \u0000 tail",
            "日本語のテキスト");
    assertHolds(filled(revision), revision);
    try (CorpusSnapshot snapshot = reopened().snapshot(CORPUS)) {
      assertThat(WholeDocuments.read(snapshot).values())
          .containsExactly(new String(revision.content(), UTF_8));
    }
  }

  @Test
  default void replaceDocument_deadlinePassed_writesNothing() {
    filled(Revisions.of("doc", "old"));
    assertFails(
        ErrorCode.DEADLINE_EXCEEDED,
        () ->
            store()
                .replaceDocument(CORPUS, Revisions.of("doc", "new"), Call.within(Duration.ZERO)));
    assertHolds(store(), Revisions.of("doc", "old"));
  }

  @Test
  default void replaceDocument_vectorOfAnotherDimension_isRefused() {
    filled(Revisions.of("doc", "old"));
    assertFails(
        ErrorCode.INVALID_ARGUMENT,
        () ->
            store()
                .replaceDocument(
                    CORPUS, Revisions.ofVectors("doc", new float[] {1, 2, 3}), Call.UNLIMITED));
    assertHolds(store(), Revisions.of("doc", "old"));
  }

  @Test
  default void snapshot_tokenOfAWrite_showsThatWrite() {
    filled();
    DocumentRevision revision = Revisions.of("doc", "text");
    Freshness written = Freshness.of(store().replaceDocument(CORPUS, revision, Call.UNLIMITED));
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS, written, Call.UNLIMITED)) {
      assertThat(snapshot.document(revision.document().id())).contains(revision.document());
      try (CorpusSnapshot same =
          store().snapshot(CORPUS, Freshness.of(snapshot.token()), Call.UNLIMITED)) {
        assertThat(same.document(revision.document().id())).isPresent();
      }
    }
    String token =
        store().deleteDocument(CORPUS, revision.document().id(), Call.UNLIMITED).orElseThrow();
    try (CorpusSnapshot snapshot =
        reopened().snapshot(CORPUS, Freshness.of(token), Call.UNLIMITED)) {
      assertThat(snapshot.documents(null, 9)).isEmpty();
    }
  }

  @Test
  default void snapshot_tokenOfAnotherCorpus_isRefused() {
    filled();
    CorpusId other = new CorpusId("other");
    store().createCorpus(Corpora.of("other"));
    String token = store().replaceDocument(other, Revisions.of("doc", "text"), Call.UNLIMITED);
    for (String foreign : List.of(token, "forged", token.toLowerCase(Locale.ROOT))) {
      assertFails(
          ErrorCode.INVALID_ARGUMENT,
          () -> store().snapshot(CORPUS, Freshness.of(foreign), Call.UNLIMITED).close());
    }
  }
}
