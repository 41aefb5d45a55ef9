package dev.ragline.answering.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.retrieval.Passage;
import dev.ragline.testing.Passages;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutlineTest {
  @Test
  void of_chunkThatLostItsHeadingsMark_takesTheFirstLineForIt() {
    assertThat(outline(" Where is data kept?\n\nIn etcd, of course. In MinIO also.\n\n###"))
        .containsExactly(
            "Where is data kept? > In etcd, of course.", "Where is data kept? > In MinIO also.");
  }

  @Test
  void of_headingsAndStandaloneQuestions_beginSections() {
    String text =
        """
        This comes before it.

        ## Storage
        Data is stored here.
        And it spans
        two lines.

        **Is it fast?**

        Yes. It is quite fast.
        """;
    assertThat(outline(text))
        .containsExactly(
            " > This comes before it.",
            "Storage > Data is stored here.",
            "Storage > And it spans two lines.",
            "Is it fast? > Yes. It is quite fast.");
  }

  @Test
  void of_listsTablesAndCode_givesItemsRowsAndCode() {
    String text =
        """
        Three things matter here:
        1. One is very good.
        2. Two is [better](https://x.y/?a=b).
        ```sh
        # not a heading at all
        ```
        | a cell | and another |
        """;
    assertThat(outline(text))
        .containsExactly(
            " > Three things matter here:",
            " > One is very good.",
            " > Two is better.",
            " > # not a heading at all",
            " > a cell | and another");
  }

  @Test
  void of_headingPath_isTheFirstSectionsHeading() {
    Passage passage = Passages.of(1, "Data is stored here.", List.of("Guide", "Storage"));
    Sentence sentence = Outline.of(4, passage).getFirst();
    assertThat(sentence.section().heading()).isEqualTo("Storage");
    assertThat(sentence.section().passage()).isEqualTo(4);
  }

  @Test
  void of_nothingToQuote_isEmpty() {
    assertThat(outline("")).isEmpty();
    assertThat(outline("## Only a heading\n\n---\n")).isEmpty();
  }

  private static List<String> outline(String text) {
    return Outline.of(0, Passages.of(text).getFirst()).stream()
        .map(s -> s.section().heading() + " > " + s.text())
        .toList();
  }
}
