package dev.ragline.store.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.DocumentId;
import dev.ragline.store.Corpora;
import dev.ragline.store.Revisions;
import dev.ragline.store.milvus.Head.Stamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewTest {
  private static final CorpusRow SETTINGS =
      new CorpusRow("identity", "collection", Corpora.of("notes"), false, new Stamp(1, "first"));

  private final View empty = View.empty(SETTINGS);

  private static Head head(String id, String writer, long time, int chunks) {
    String[] texts = new String[chunks];
    for (int i = 0; i < chunks; i++) {
      texts[i] = "text " + i;
    }
    var document = chunks == 0 ? null : Revisions.of(id, texts).document();
    String write = writer + time;
    return new Head(new DocumentId(id), write, new Stamp(time, writer), document, 1, time);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void with_headsInAnyOrder_isTheSameView(long seed) {
    Random random = new Random(seed);
    List<Head> heads = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String id = "doc" + random.nextInt(20);
      heads.add(head(id, "writer" + random.nextInt(3), 2 + random.nextInt(500), random.nextInt(4)));
    }
    View one = empty.with(heads);
    Collections.shuffle(heads, random);
    View other = empty.with(heads);
    assertThat(other.heads()).as("seed %d", seed).isEqualTo(one.heads());
    assertThat(other.stats()).as("seed %d", seed).isEqualTo(one.stats());
    assertThat(other.writers()).as("seed %d", seed).isEqualTo(one.writers());
    long documents = one.heads().values().stream().filter(h -> h.document() != null).count();
    long chunks = one.heads().values().stream().mapToLong(h -> h.rows().chunks()).sum();
    assertThat(one.stats().documents()).as("seed %d", seed).isEqualTo(documents);
    assertThat(one.stats().chunks()).as("seed %d", seed).isEqualTo(chunks);
  }

  @Test
  void with_olderHead_changesNothingButWhoWasSeen() {
    View view = empty.with(head("doc", "a", 9, 2)).with(head("doc", "b", 5, 3));
    assertThat(view.shows(new DocumentId("doc"), "a9")).isTrue();
    assertThat(view.covers(new Stamp(5, "b"))).isTrue();
    assertThat(view.covers(new Stamp(6, "b"))).isFalse();
    assertThat(view.stats().chunks()).isEqualTo(2);
  }

  @Test
  void with_end_hidesTheDocumentAlsoFromOlderHeads() {
    View view = empty.with(head("doc", "a", 9, 0)).with(head("doc", "a", 8, 2));
    assertThat(view.live(new DocumentId("doc"))).isEmpty();
    assertThat(view.stats().documents()).isZero();
  }

  @Test
  void with_settingsAfterTheEnd_staysDeleted() {
    CorpusRow gone =
        new CorpusRow("identity", "collection", SETTINGS.corpus(), true, new Stamp(5, "a"));
    CorpusRow later =
        new CorpusRow("identity", "collection", SETTINGS.corpus(), false, new Stamp(9, "b"));
    assertThat(empty.with(gone).with(later).settings().deleted()).isTrue();
  }

  @Test
  void writersSince_longAgo_areLeftOut() {
    View view = empty.with(head("x", "a", 1000L << 18, 1)).with(head("y", "b", 5000L << 18, 1));
    assertThat(view.writersSince(1001)).isEqualTo(Map.of("b", 5000L << 18));
  }
}
