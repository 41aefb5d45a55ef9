package dev.ragline.answering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void all_mixedScripts_foldsCaseAndDiacriticsAndSplitsHan() {
    assertThat(Words.all("Él visitó S3, 向量 and ÜBER_x!"))
        .containsExactly("el", "visito", "s3", "向", "量", "and", "uber", "x");
  }

  @Test
  void all_arabicWithVowelMarks_equalsTheBareWord() {
    assertThat(Words.all("كَتَبَ")).isEqualTo(Words.all("كتب")).hasSize(1);
  }

  @Test
  void content_sentence_dropsStopWords() {
    assertThat(Words.content("How is the data stored in Milvus?"))
        .containsExactly("data", "stored", "milvus");
  }

  @Test
  void content_onlyStopWords_keepsThem() {
    assertThat(Words.content("To be or not to be")).containsExactly("to", "be", "or", "not");
  }

  @Test
  void support_halfOfTheWords_isHalf() {
    assertThat(Words.support(Set.of("etcd", "minio"), Set.of("etcd", "s3"))).isEqualTo(0.5);
    assertThat(Words.support(Set.of(), Set.of("etcd"))).isZero();
  }
}
