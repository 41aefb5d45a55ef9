package dev.ragline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragline.document.DocumentId;
import dev.ragline.retrieval.Passage;
import dev.ragline.testing.Passages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class RanksTest {
  private static final List<Passage> RANKING =
      Passages.of("Etcd keeps\n metadata.", "MinIO keeps logs.", "Logs go on.");

  private static Expected document(String id) {
    return new Expected(new DocumentId(id), "", "");
  }

  private static Expected text(String text) {
    return new Expected(null, "", text);
  }

  @Test
  void of_document_isItsFirstPassage() {
    Ranks ranks = Ranks.of(List.of(document("doc-2")), RANKING);

    assertThat(ranks.first()).isEqualTo(2);
    assertThat(List.of(ranks.hit(1), ranks.hit(2), ranks.hit(5))).containsExactly(0.0, 1.0, 1.0);
    assertThat(ranks.reciprocal()).isEqualTo(0.5);
    assertThat(ranks.ndcg()).isCloseTo(0.6309297535714575, within(1e-15));
    assertThat(ranks.recall()).isEqualTo(1);
  }

  @Test
  void of_text_isComparedUpToWhiteSpace() {
    assertThat(Ranks.of(List.of(text("keeps metadata")), RANKING).first()).isEqualTo(1);
    assertThat(Ranks.of(List.of(text(" Keeps\tmetadata")), RANKING).first()).isZero();
    assertThat(Ranks.of(List.of(text("keeps")), RANKING).first()).isEqualTo(1);
  }

  @Test
  void of_documentAndText_bothMustFit() {
    Expected both = new Expected(new DocumentId("doc-3"), "", "keeps");

    assertThat(Ranks.of(List.of(both), RANKING).first()).isZero();
  }

  @Test
  void of_nothingFound_isZeroThroughout() {
    Ranks ranks = Ranks.of(List.of(document("doc-9")), RANKING);

    assertThat(List.of(ranks.hit(5), ranks.reciprocal(), ranks.ndcg(), ranks.recall()))
        .containsOnly(0.0);
    assertThat(Ranks.of(List.of(document("doc-1")), List.of()).first()).isZero();
  }

  @Test
  void of_severalPlaces_countsThoseFound() {
    Ranks ranks = Ranks.of(List.of(document("doc-1"), document("doc-3"), text("gone")), RANKING);

    assertThat(ranks.first()).isEqualTo(1);
    assertThat(ranks.recall()).isCloseTo(2 / 3.0, within(1e-15));
    // (1 + 1/2) / (1 + 1/log2(3) + 1/2)
    assertThat(ranks.ndcg()).isCloseTo(0.7039180890341347, within(1e-12));
  }

  @Test
  void ndcg_onePassageWithTwoPlaces_isAtMostOne() {
    assertThat(Ranks.of(List.of(text("Etcd"), text("metadata")), RANKING).ndcg()).isEqualTo(1);
  }

  @Test
  void metrics_randomRankings_areThoseOfTrecEval() {
    JsonNode fixture = Fixtures.read("ir-measures.json");
    Map<String, Double> sums = new HashMap<>();
    for (JsonNode one : fixture.get("cases")) {
      List<Expected> relevant = new ArrayList<>();
      one.get("relevant").forEach(id -> relevant.add(document(id.asText())));
      List<Passage> ranking =
          StreamSupport.stream(one.get("ranking").spliterator(), false)
              .map(id -> Fixtures.passage(id.asText()))
              .toList();
      Ranks ranks = Ranks.of(relevant, ranking);
      Map<String, Double> values =
          Map.of(
              "Success@1", ranks.hit(1),
              "Success@3", ranks.hit(3),
              "Success@5", ranks.hit(5),
              "RR", ranks.reciprocal(),
              "nDCG@10", ranks.ndcg(),
              "R@10", ranks.recall());
      values.forEach(
          (name, value) -> {
            assertThat(value)
                .as(name + " of " + one)
                .isCloseTo(one.get("values").get(name).asDouble(), within(1e-12));
            sums.merge(name, value, Double::sum);
          });
    }
    int cases = fixture.get("cases").size();
    sums.forEach(
        (name, sum) ->
            assertThat(sum / cases)
                .as(name)
                .isCloseTo(fixture.get("means").get(name).asDouble(), within(1e-12)));
  }
}
