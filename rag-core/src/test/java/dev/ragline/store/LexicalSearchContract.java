package dev.ragline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.ChunkId;
import dev.ragline.document.Deadline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store promises about searching by words that can do so. */
public interface LexicalSearchContract extends SearchContract {

  private static List<String> texts(List<Candidate> candidates) {
    return candidates.stream().map(c -> c.chunk().text()).toList();
  }

  private List<String> lexical(String question) {
    return texts(
        SearchContract.search(store(), CORPUS, CandidateQuery.byText(question, 10)).lexical());
  }

  @Test
  default void searchesWords_thisStore_does() {
    filled();
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      assertThat(snapshot.searchesWords()).isTrue();
    }
  }

  @Test
  default void search_equalWordScores_areInOrderOfChunkIdsAlsoAtTheCut() {
    filled();
    for (String id : List.of("m", "c", "z", "a", "k", "😀", "Ａ")) {
      store().replaceDocument(CORPUS, Revisions.of(id, "same word", "same word"), Deadline.NONE);
    }
    List<ChunkId> expected = new ArrayList<>();
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      snapshot
          .documents(null, 10)
          .forEach(d -> snapshot.chunks(d.id(), 0, 9).forEach(c -> expected.add(c.id())));
    }
    for (int limit = 1; limit <= expected.size(); limit++) {
      assertThat(
              SearchContract.search(store(), CORPUS, CandidateQuery.byText("word", limit))
                  .lexical())
          .extracting(c -> c.chunk().id())
          .isEqualTo(expected.subList(0, limit));
    }
  }

  @Test
  default void search_words_ranksByHowRareAndHowManyTheyAre() {
    filled(
        Revisions.of(
            "doc",
            "the cat sat on the mat",
            "the dog sat on the log",
            "the dog chased the cat",
            "birds sing"));
    assertThat(lexical("singing bird")).containsExactly("birds sing");
    assertThat(lexical("dog log")).startsWith("the dog sat on the log").hasSize(2);
    assertThat(lexical("cat"))
        .containsExactlyInAnyOrder("the cat sat on the mat", "the dog chased the cat");
    assertThat(lexical("zebra")).isEmpty();
    assertThat(lexical("the")).isEmpty();
    Candidates found = SearchContract.search(store(), CORPUS, CandidateQuery.byText("dog log", 10));
    assertThat(found.dense()).isEmpty();
    assertThat(found.lexical()).extracting(Candidate::score).allMatch(s -> s > 0);
    assertThat(found.lexical())
        .isSortedAccordingTo(Comparator.comparingDouble(Candidate::score).reversed());
  }

  @Test
  default void search_headingOnly_findsTheTextBelow() {
    filled(Revisions.of("doc", List.of("Installation", "Linux"), Revisions::vector, "run it"));
    assertThat(lexical("how to install on linux")).containsExactly("run it");
  }

  @Test
  default void search_anySyntax_isOnlyWords() {
    filled(Revisions.of("doc", "plain words"));
    for (String question :
        List.of(
            "words AND (",
            "\"words",
            "text: words [a TO",
            "words~^*?\\",
            "+words -plain",
            "words && ||")) {
      assertThat(lexical(question)).as(question).containsExactly("plain words");
    }
    for (String question : List.of("", "   ", "?!", "\u0000", "***")) {
      assertThat(lexical(question)).as(question).isEmpty();
    }
  }

  @Test
  default void search_veryLongQuestion_isAnswered() {
    filled(Revisions.of("doc", "needle in a haystack"));
    StringBuilder question = new StringBuilder("needle ");
    for (int i = 0; i < 5000; i++) {
      question.append("word").append(i).append(' ');
    }
    assertThat(lexical(question.toString())).containsExactly("needle in a haystack");
  }

  @Test
  default void search_replacedDocument_findsOnlyTheNewWords() {
    filled(Revisions.of("doc", "alpha"), Revisions.of("doc", "beta"));
    assertThat(lexical("alpha")).isEmpty();
    assertThat(lexical("beta")).containsExactly("beta");
  }
}
