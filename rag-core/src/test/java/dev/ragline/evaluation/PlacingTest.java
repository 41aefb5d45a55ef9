package dev.ragline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.DocumentId;
import dev.ragline.retrieval.Passage;
import dev.ragline.testing.Passages;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacingTest {
  private static final List<Passage> RANKING =
      List.of(
          Passages.of(1, "intro", List.of()),
          Passages.of(2, "ports are 80", List.of("Set up", "Ports `TCP` {#ports}")),
          Passages.of(3, "ports are 90", List.of("Set up", "Ports `TCP` {#ports}", "Old ones")));

  private static Placing placing(@Nullable String document, String section, String text) {
    DocumentId id = document == null ? null : new DocumentId(document);
    return Placing.of(List.of(new Expected(id, section, text)), RANKING);
  }

  private static int rank(@Nullable Ranks ranks) {
    return ranks == null ? -1 : ranks.first();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // document | section | text | whole | document alone | section
        "doc-2 | Ports TCP | | 2 | 2 | 2",
        "doc-3 | ports tcp | | 3 | 3 | 3",
        "doc-3 | Set up | 90 | 3 | 3 | 3",
        "doc-3 | Set up | 80 | 0 | 3 | 3",
        "doc-2 | Old ones | | 0 | 2 | 0",
        "doc-9 | Ports TCP | | 0 | 0 | 0",
        "doc-2 | Ports | | 0 | 2 | 0",
        "doc-1 | Doc | | 1 | 1 | 1",
        "doc-2 | Doc | | 0 | 2 | 0",
        "doc-2 | | 80 | 2 | 2 | -1",
        "doc-2 | | | 2 | -1 | -1",
        " | Old ones | | 3 | -1 | 3",
        " | | ports | 2 | -1 | -1",
      })
  void of_partsOfAPlace_haveRanksOfTheirOwn(
      @Nullable String document,
      @Nullable String section,
      @Nullable String text,
      int whole,
      int documents,
      int sections) {
    Placing placing = placing(document, section == null ? "" : section, text == null ? "" : text);

    assertThat(List.of(rank(placing.whole()), rank(placing.document()), rank(placing.section())))
        .containsExactly(whole, documents, sections);
  }

  @Test
  void of_nothingExpected_hasNoRank() {
    Placing none = Placing.of(List.of(), RANKING);

    assertThat(none.first()).isZero();
    assertThat(none).isEqualTo(new Placing(null, null, null));
  }

  @Test
  void of_chunkThatHoldsTheHeading_isInTheSection() {
    List<Passage> ranking =
        List.of(Passages.of(1, "end of A\n\n## Gates {#g}\n\ntwo", List.of("A")));

    assertThat(Placing.of(List.of(new Expected(null, "Gates", "")), ranking).first()).isEqualTo(1);
    assertThat(Placing.of(List.of(new Expected(null, "two", "")), ranking).first()).isZero();
  }

  @Test
  void of_expandedPassage_isInTheSectionsOfAllItsChunks() {
    Passage expanded = Passages.expanded(1, List.of("Colours"), "red", "green");

    assertThat(Placing.of(List.of(new Expected(null, "colours", "green")), List.of(expanded)))
        .extracting(Placing::first)
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Type NodePort {#nodeport} | type nodeport",
        "`iptables` proxy mode | iptables proxy mode",
        "What you can't do (yet) | what you can t do yet",
        "Ärger  mit Größen | ärger mit größen",
        "C++ {.lead #x} | c",
        "??? | ???",
        "Sets {a, b} | sets a b",
      })
  void heading_isItsWords(String heading, String words) {
    assertThat(Wording.heading(heading)).isEqualTo(words);
  }
}
