package dev.ragline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.document.ChunkId;
import dev.ragline.document.CorpusId;
import dev.ragline.document.Language;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      store().replaceDocument(CORPUS, Revisions.of(id, "same word", "same word"), Call.UNLIMITED);
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
  default void search_writtenInAnotherWay_isFound() {
    List<String> texts =
        List.of(
            "Shed A holds 12,500 pallets",
            "Shed B holds 13\u202F500 pallets",
            "Shed C holds 500 pallets",
            "The office of Zürich",
            "The field spec.loadBalancerClass",
            "Released with v1.25.3");
    filled(Revisions.of("doc", texts.toArray(String[]::new)));
    Map.of(
            "which holds 12500", 0,
            "which holds 13500", 1,
            "which holds 500", 2,
            "Zurich", 3,
            "Zu\u0308rich", 3,
            "o\uFB03ce", 3,
            "loadBalancerClass", 4,
            "spec.loadBalancerClass", 4,
            "1.25", 5)
        .forEach(
            (question, text) ->
                assertThat(lexical(question)).as(question).startsWith(texts.get(text)));
  }

  @Test
  default void search_words_findsAChunkByWhatAnnouncesIt() {
    filled(
        Revisions.announced(
            Revisions.of("doc", "| Harbour | Berths |", "birds sing", "| Oulu | 12 |"),
            "| Harbour | Berths |"));
    assertThat(lexical("berths Oulu")).startsWith("| Oulu | 12 |").hasSize(2);
    assertThat(lexical("harbours")).contains("| Oulu | 12 |").hasSize(2);
  }

  /** Questions with the words of their answers in other forms than they are asked for. */
  private static Map<String, List<String>> inManyLanguages() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    all.put(
        "en",
        List.of(
            "Which birds are nesting in towers?",
            "A bird nests in the tower of the old church.",
            "Ships are loaded in the harbour."));
    all.put(
        "de",
        List.of(
            "Welche Vögel nisten in Türmen?",
            "Ein Vogel nistet im Turm der alten Kirche.",
            "Die Schiffe werden im Hafen beladen."));
    all.put(
        "ru",
        List.of(
            "Какие птицы живут в башнях?",
            "Птица живёт в башне старой церкви.",
            "Корабли загружают в гавани."));
    all.put(
        "ar",
        List.of("أين تعيش الطيور؟", "طيور تعيش في برج الكنيسة القديمة.", "السفن في الميناء."));
    all.put("ko", List.of("새가 사는 탑은?", "오래된 교회의 탑에 새들이 산다.", "배는 항구에서 짐을 싣는다."));
    all.put("zh", List.of("哪种鸟住在塔里？", "一只鸟住在老教堂的塔上。", "船在港口装货。"));
    return all;
  }

  private void fillInManyLanguages() {
    filled();
    inManyLanguages()
        .forEach(
            (tag, texts) ->
                store()
                    .replaceDocument(
                        CORPUS,
                        Revisions.in(new Language(tag), tag, texts.get(1), texts.get(2)),
                        Call.UNLIMITED));
  }

  @Test
  default void search_corpusOfManyLanguages_findsTheFormsOfEach() {
    fillInManyLanguages();
    inManyLanguages()
        .forEach(
            (tag, texts) -> assertThat(lexical(texts.get(0))).as(tag).startsWith(texts.get(1)));
    try (CorpusSnapshot snapshot = store().snapshot(CORPUS)) {
      assertThat(snapshot.languages())
          .hasSize(6)
          .allSatisfy((language, documents) -> assertThat(documents).isEqualTo(1));
      assertThat(snapshot.documents(null, 9))
          .allSatisfy(it -> assertThat(it.language().tag()).isEqualTo(it.id().value()));
    }
  }

  @Test
  default void search_corpusOfManyLanguages_ranksAsOneOfEachWould() {
    List<List<String>> alone = new ArrayList<>();
    inManyLanguages()
        .forEach(
            (tag, texts) -> {
              CorpusId id = new CorpusId("only-" + tag);
              store().createCorpus(Corpora.of(id.value()));
              Language language = new Language(tag);
              var revision = Revisions.in(language, tag, texts.get(1), texts.get(2));
              store().replaceDocument(id, revision, Call.UNLIMITED);
              CandidateQuery query = CandidateQuery.byText(texts.get(0), 10);
              alone.add(texts(SearchContract.search(store(), id, query).lexical()));
            });
    fillInManyLanguages();
    List<List<String>> together = new ArrayList<>();
    inManyLanguages()
        .forEach(
            (tag, texts) ->
                together.add(
                    lexical(texts.get(0)).stream().filter(texts.subList(1, 3)::contains).toList()));
    assertThat(together).isEqualTo(alone);
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
