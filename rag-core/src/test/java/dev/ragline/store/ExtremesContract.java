package dev.ragline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.DocumentId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every store promises about documents that are large or strange. */
interface ExtremesContract extends DocumentContract {
  @Test
  default void replaceDocument_chunkOfManyBytes_isReadBackAndFoundWhole() {
    String text = "ä € 😀 zebra\n".repeat(15_000);
    DocumentRevision revision = Revisions.of("doc", "short", text, "short, too");
    assertHoldsOnly(revision);
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      Candidates found = snapshot.search(new CandidateQuery(Revisions.vector(text), "zebra", 1));
      assertThat(found.dense()).extracting(c -> c.chunk().text()).containsExactly(text);
      if (snapshot.searchesWords()) {
        assertThat(found.lexical()).extracting(c -> c.chunk().text()).containsExactly(text);
      }
    }
  }

  private void assertHoldsOnly(DocumentRevision revision) {
    DocumentContract.assertHolds(filled(revision), revision);
  }

  @Test
  default void replaceDocument_sixteenMebibytes_isReadBackExactly() {
    byte[] content = new byte[16 << 20];
    new Random(11).nextBytes(content);
    filled(Revisions.ofContent("doc", content));
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      ByteRange all = new ByteRange(0, content.length);
      byte[] read = Revisions.content(snapshot, new DocumentId("doc"), all);
      assertThat(Arrays.equals(read, content)).isTrue();
    }
  }

  @Test
  default void replaceDocument_fiveThousandChunks_areReplacedByOne() {
    String[] texts = new String[5000];
    Arrays.setAll(texts, i -> "text number " + i);
    assertHoldsOnly(Revisions.of("doc", texts));
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      assertThat(snapshot.search(CandidateQuery.byVector(Revisions.vector(texts[4321]), 1)).dense())
          .extracting(c -> c.chunk().text())
          .containsExactly(texts[4321]);
      assertThat(snapshot.chunks(new DocumentId("doc"), 4998, 10))
          .extracting(Chunk::text)
          .containsExactly(texts[4998], texts[4999]);
    }
    DocumentRevision one = Revisions.of("doc", "the only one");
    store().replaceDocument(CORPUS, one, Call.UNLIMITED);
    DocumentContract.assertHolds(store(), one);
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      assertThat(snapshot.search(CandidateQuery.byVector(Revisions.vector(texts[0]), 10)).dense())
          .hasSize(1);
    }
  }

  @Test
  default void replaceDocument_idsAndHeadingsLikeCode_areTakenAsTheyAre() {
    List<String> strange =
        List.of(
            "\" or 1 == 1",
            "' or '1'=='1",
            "a\\",
            "a\\\"",
            "a\\n",
            "100%",
            "a_b",
            "{x} ${y} {{z}}",
            "[\"a\",\"b\"]",
            "not in [",
            "\u202Ertl",
            "😀".repeat(128),
            "x".repeat(512));
    List<DocumentRevision> revisions = new ArrayList<>();
    for (String id : strange) {
      List<String> headings = List.of(id, "", "line\nbreak\t\u0001\"\\", "h".repeat(200));
      revisions.add(Revisions.of(id, headings, Revisions::vector, "text of " + id));
    }
    filled(revisions.toArray(DocumentRevision[]::new));
    DocumentContract.assertHolds(store(), revisions.toArray(DocumentRevision[]::new));
    while (!revisions.isEmpty()) {
      DocumentId gone = revisions.removeLast().document().id();
      assertThat(store().deleteDocument(CORPUS, gone, Call.UNLIMITED)).isPresent();
    }
    DocumentContract.assertHolds(store());
  }
}
