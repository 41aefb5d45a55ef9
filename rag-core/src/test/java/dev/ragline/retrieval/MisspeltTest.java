package dev.ragline.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.analysis.ContentWords;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunk;
import dev.ragline.document.ChunkId;
import dev.ragline.document.DocumentId;
import dev.ragline.document.Language;
import dev.ragline.document.Sha256;
import dev.ragline.retrieval.LikenessView.Looked;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisspeltTest {
  /** A candidate with those of the question's words that it has, told by number. */
  private static Looked looked(String text, int... has) {
    Chunk chunk =
        new Chunk(
            new ChunkId(new DocumentId("d"), 0),
            Sha256.of("any"),
            text,
            new ByteRange(0, text.length()),
            List.of());
    BitSet words = new BitSet();
    for (int word : has) {
      words.set(word);
    }
    Scores scores = new Scores(null, null, null, 0);
    return new Looked(
        new FusedCandidate(chunk, scores), Language.ENGLISH, words, has.length, text, text);
  }

  private static ContentWords words(String question) {
    return ContentWords.of(question, Map.of(Language.ENGLISH, 1L));
  }

  @ParameterizedTest
  @CsvSource({
    "schedular,The scheduler places pods.",
    "deploymnet,A Deployment has replicas.",
    "namesapce,Every Namespace has a quota.",
    "persistnt,The volume is persistent.",
    "ingrss,Ingress routes traffic."
  })
  void in_wordThatNoCandidateHas_isFoundWhereItIsMeant(String misspelt, String text) {
    List<Looked> found =
        Misspelt.in(List.of(looked(text), looked("Nothing of it.")), words(misspelt));
    assertThat(found).extracting(it -> it.words().cardinality()).containsExactly(1, 0);
    assertThat(found).extracting(Looked::inSentence).containsExactly(1, 0);
  }

  @Test
  void in_wordThatOneCandidateHas_isNoMisspeltOne() {
    List<Looked> candidates = List.of(looked("The container runs.", 0), looked("A contaner."));
    assertThat(Misspelt.in(candidates, words("container"))).isEqualTo(candidates);
  }

  @Test
  void in_numberOrShortWord_isNeverAnother() {
    List<Looked> candidates = List.of(looked("Port 8443 and the node."));
    assertThat(Misspelt.in(candidates, words("8444 nods")).getFirst().words().isEmpty()).isTrue();
  }
}
