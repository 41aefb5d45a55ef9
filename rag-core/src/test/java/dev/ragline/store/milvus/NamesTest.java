package dev.ragline.store.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.CorpusId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamesTest {
  private final Names names = new Names("ragline");

  @Test
  void names_anyIds_areValidAndNeverTheSame() {
    Set<String> all = new HashSet<>(List.of(names.registry(), names.contents()));
    List<String> ids =
        List.of(
            "a", "A", "a_", "a__", "a-", "a_m", "a-m", "a_0123456789ab", "registry", "m", "a__b");
    for (String id : ids) {
      CorpusId corpus = new CorpusId(id);
      for (String name : List.of(names.alias(corpus), names.chunks(corpus, "0123456789ab"))) {
        assertThat(name).matches("[A-Za-z_][A-Za-z0-9_]{0,254}");
        assertThat(all.add(name)).as(id + " as " + name).isTrue();
      }
    }
  }

  @Test
  void identity_ofChunks_isThatOfTheName() {
    String collection = names.chunks(new CorpusId("a_b-c"), "0123456789ab");
    assertThat(Names.identity(collection)).isEqualTo("0123456789ab");
  }

  @Test
  void chunks_longestId_isShortEnough() {
    String name =
        new Names("p".repeat(32)).chunks(new CorpusId("a" + "_".repeat(62)), "0123456789ab");
    assertThat(name.length()).isLessThanOrEqualTo(255);
  }

  @Test
  void hasWords_versions_areThoseFromFiveOn() {
    assertThat(Server.hasWords("v2.3.5-lite")).isFalse();
    assertThat(Server.hasWords("2.4.23")).isFalse();
    assertThat(Server.hasWords("v2.5.0")).isTrue();
    assertThat(Server.hasWords("2.6.1-dev")).isTrue();
    assertThat(Server.hasWords("milvus_lite-3.2.2")).isTrue();
    assertThat(Server.hasWords("Zilliz Cloud")).isTrue();
  }
}
