package dev.ragline.answering.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.answering.extractive.Ranking.Scored;
import dev.ragline.retrieval.Passage;
import dev.ragline.retrieval.Retrieval;
import dev.ragline.testing.Passages;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {
  @Test
  void of_equalScores_keepsTheOrderOfTheText() {
    assertThat(rank("unheard", Passages.of("Same words.", "Same words.")))
        .extracting(s -> s.sentence().section().passage())
        .containsExactly(0, 1);
  }

  @Test
  void of_rareWord_countsMoreThanACommonOne() {
    assertThat(
            first(
                "Which milvus has etcd?",
                "A milvus stands here. Any milvus stands there. Some etcd stands there."))
        .isEqualTo("Some etcd stands there.");
  }

  @Test
  void of_headingAsksTheQuestion_liftsItsSentences() {
    List<Scored> ranked =
        rank(
            "How are vectors stored?",
            Passages.of(
                "The vectors move on and on.",
                "# Where are vectors stored?\n\nIn MinIO, as it is."));
    assertThat(ranked.getFirst().sentence().text()).isEqualTo("In MinIO, as it is.");
    assertThat(ranked).extracting(Scored::underQuestion).containsExactly(true, false);
  }

  @Test
  void of_whenIsAsked_prefersADate() {
    assertThat(
            first(
                "When was the bridge opened?",
                "The bridge was opened by the mayor. The bridge was opened in May 1912."))
        .isEqualTo("The bridge was opened in May 1912.");
  }

  @Test
  void of_howManyIsAsked_prefersANumber() {
    assertThat(
            first(
                "How many people live in the town?",
                "Happy people live in the town. Some 5,400 people live in the town."))
        .isEqualTo("Some 5,400 people live in the town.");
  }

  @Test
  void of_whoIsAsked_prefersAName() {
    assertThat(
            first(
                "Who painted the ceiling?",
                "It was painted quickly, the ceiling. The ceiling was painted by Anna Maria"
                    + " Rossi."))
        .isEqualTo("The ceiling was painted by Anna Maria Rossi.");
  }

  private static String first(String question, String text) {
    return rank(question, Passages.of(text)).getFirst().sentence().text();
  }

  private static List<Scored> rank(String question, List<Passage> passages) {
    List<Sentence> sentences =
        IntStream.range(0, passages.size())
            .boxed()
            .flatMap(i -> Outline.of(i, passages.get(i)).stream())
            .toList();
    Retrieval found = new Retrieval(passages, false, List.of(), List.of());
    return Ranking.of(question, found, new Structure(sentences));
  }
}
