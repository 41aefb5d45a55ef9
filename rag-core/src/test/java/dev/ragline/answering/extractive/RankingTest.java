package dev.ragline.answering.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.answering.extractive.Ranking.Scored;
import dev.ragline.document.Language;
import dev.ragline.parsing.TextSpan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final double[] ONE_PASSAGE = {1};
  private static final Section BARE = Section.of(0, Language.ENGLISH, "");
  private static final Section FAQ = Section.of(0, Language.ENGLISH, "Where are vectors stored?");

  @Test
  void of_equalScores_keepsTheOrderOfTheText() {
    List<Sentence> sentences =
        List.of(sentence(BARE, 9, "other words"), sentence(BARE, 0, "more words"));
    assertThat(rank("question", sentences, Map.of()))
        .extracting(s -> s.sentence().span().start())
        .containsExactly(0, 9);
  }

  @Test
  void of_rareWord_countsMoreThanACommonOne() {
    List<Sentence> sentences =
        List.of(
            sentence(BARE, 0, "milvus here"),
            sentence(BARE, 20, "milvus there"),
            sentence(BARE, 40, "etcd alone"));
    assertThat(rank("milvus etcd", sentences, Map.of()).getFirst().sentence().text())
        .isEqualTo("etcd alone");
  }

  @Test
  void of_headingAsksTheQuestion_liftsItsSentences() {
    List<Sentence> sentences =
        List.of(sentence(BARE, 0, "vectors move"), sentence(FAQ, 20, "MinIO it is"));
    List<Scored> ranked = rank("how vectors are stored", sentences, Map.of(FAQ.heading(), 0.8));
    assertThat(ranked.getFirst().sentence().text()).isEqualTo("MinIO it is");
    assertThat(ranked).extracting(Scored::underQuestion).containsExactly(true, false);
  }

  @Test
  void of_noWordSharedAndFar_isUnrelated() {
    List<Sentence> sentences = List.of(sentence(BARE, 0, "bananas"), sentence(BARE, 9, "apples"));
    assertThat(rank("vectors", sentences, Map.of("bananas", 0.24, "apples", 0.25)))
        .extracting(Scored::related)
        .containsExactly(true, false);
  }

  @Test
  void stems_sameWordInOtherForms_meet() {
    assertThat(Stems.of("stored stores storage store storing", Language.ENGLISH))
        .containsExactly("stor");
    assertThat(Stems.of("index indexes data", Language.ENGLISH)).containsExactly("index", "data");
  }

  private static List<Scored> rank(
      String question, List<Sentence> sentences, Map<String, Double> cosines) {
    Coverage coverage = new Coverage(question, sentences);
    return new Ranking(coverage, cosines, ONE_PASSAGE).of(sentences);
  }

  private static Sentence sentence(Section section, int start, String text) {
    return Sentence.of(section, 0, new TextSpan(start, start + text.length()), text);
  }
}
