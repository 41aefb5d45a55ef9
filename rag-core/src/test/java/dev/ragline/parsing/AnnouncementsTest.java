package dev.ragline.parsing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.MediaType;
import dev.ragline.document.reading.TextSpan;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Pick one:\n\n- red\n- blue",
        "Pick one:\n- red\n- blue",
        "Colours exist. Pick one:\n\n1. red\n2. blue",
        "**Pick one:**\n\n* red\n* blue",
        "Pick one：\n\n- red\n- blue",
        "Pick _one_:\n\n<!-- which? -->\n\n- red\n- blue",
        "---\ntitle: t\n---\n\nPick one:\n\n- red\n- blue"
      })
  void markdown_sentenceWithColon_announcesTheListAfterIt(String text) {
    assertThat(markdown(text))
        .singleElement()
        .asString()
        .matches("SENTENCE Pick _?one_?[:：] > red\n[-*2].* blue");
  }

  @Test
  void markdown_tableAndCode_areAnnouncedByTheSentenceBeforeHoweverItEnds() {
    assertThat(markdown("A fact. These are the ports.\n\n| n | p |\n|---|---|\n| a | 1 |"))
        .containsExactly(
            "SENTENCE These are the ports. > n | p |\n|---|---|\n| a | 1",
            "HEADER_ROW n | p > a | 1");
    assertThat(markdown("Stop it with\n\n```\nstop\n```"))
        .containsExactly("SENTENCE Stop it with > stop");
    assertThat(markdown("Stop it with\n\n    stop --now\n"))
        .containsExactly("SENTENCE Stop it with > stop --now");
  }

  @Test
  void markdown_whatAnnouncesNothing_isNone() {
    assertThat(markdown("A fact.\n\n- red\n- blue")).isEmpty();
    assertThat(markdown("Options:\n\n## Next")).isEmpty();
    assertThat(markdown("Options:")).isEmpty();
    assertThat(markdown("| n | p |\n|---|---|")).isEmpty();
    assertThat(markdown("Ratio 1:2\n\n- red")).isEmpty();
  }

  @Test
  void markdown_nestedList_isAnnouncedByTheItemsAboveAndTheSentenceWithin() {
    assertThat(
            markdown(
                """
                - Storage
                  - Disks. They are local.
                    - fast
                  - Tapes need a robot:

                    ```
                    robot on
                    ```
                """))
        .containsExactly(
            "ITEM Storage > Disks. They are local.\n    - fast\n  - Tapes need a robot:\n\n"
                + "    ```\n    robot on",
            "ITEM Disks. > They are local.\n    - fast",
            "ITEM Tapes need a robot: > robot on",
            "SENTENCE Tapes need a robot: > robot on");
  }

  @Test
  void markdown_longItem_isAnnouncedByItsFirstSentence() {
    String more = "More of it comes here and goes on for long. ".repeat(6).strip();
    assertThat(markdown("- The limit is 9. " + more))
        .containsExactly("ITEM The limit is 9. > " + more);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<table>\n<tr><th>n</th></tr>\n<tr><td>a</td></tr>\n<tr><td>b</td></tr>\n</table>",
        "<TABLE class=x>\n<TR ><TH>n</TH></TR>\n<TR><td>a</td></TR>\n<tr><td>b</td>\n</TABLE>",
        "<table><thead><tr><td>n</td></tr></thead>\n<tr><td>a</td></tr>\n<tr><td>b</table>",
        "<table>\n<tr><td><strong>n</strong></td>\n\n<tr><td>a</td></tr>\n\n<tr><td>b</td></tr>"
            + "\n</table>",
        "<table><tr><td> <b>n</b></tr>\n\n<tr><td>a</td></tr>\n\n  <tr><td>b</td></tr>\n</table>",
        "<div>\n<table>\n<tr><th scope=col>n</th><th></th></tr>\n<tr><td>a<tr><td>b\n</div>"
      })
  void markdown_htmlTable_isAnnouncedByItsRowOfNames(String text) {
    assertThat(markdown(text + "\n\nAfter it."))
        .singleElement()
        .asString()
        .matches("(?s)HEADER_ROW n > a.*<td>b")
        .doesNotContain("After it");
  }

  @Test
  void markdown_htmlTableWithoutNamesOrInCode_isNone() {
    assertThat(markdown("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>")).isEmpty();
    assertThat(markdown("<table><tr><td>a</td></tr><tr><td><b>b</b></td></tr></table>")).isEmpty();
    assertThat(markdown("```\n<table><tr><th>a</th></tr><tr><td>b</td></tr></table>\n```"))
        .isEmpty();
    assertThat(markdown("<table><tr><th>a</th></tr></table>")).isEmpty();
  }

  @Test
  void plain_colonAtAParagraphsOrFirstLinesEnd_announcesWhatFollows() {
    assertThat(plain("One. Pick:\n\nred\nblue\n\nEnd."))
        .containsExactly("SENTENCE Pick: > red\nblue");
    assertThat(plain("Pick:\nred\nblue")).containsExactly("SENTENCE Pick: > red\nblue");
    assertThat(plain("# Pick:\n\n| a |\n|---|\n| b |"))
        .containsExactly("SENTENCE # Pick: > | a |\n|---|\n| b |");
    assertThat(plain("Pick.\n\nred")).isEmpty();
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void markdown_generated_scopesLieInOneAnotherOrApart(long seed) {
    ParsedDocument parsed = parsed(GeneratedMarkdown.of(seed), MediaType.MARKDOWN);
    List<Announcement> all = parsed.announcements();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        TextSpan one = new TextSpan(all.get(i).span().end(), all.get(i).scope().end());
        TextSpan other = new TextSpan(all.get(j).span().end(), all.get(j).scope().end());
        assertThat(other.start()).as("seed " + seed).isGreaterThanOrEqualTo(one.start());
        assertThat(other.start() >= one.end() || other.end() <= one.end())
            .as("seed %d: %s and %s", seed, one, other)
            .isTrue();
      }
    }
  }

  private static List<String> markdown(String text) {
    return told(text, MediaType.MARKDOWN);
  }

  private static List<String> plain(String text) {
    return told(text, MediaType.PLAIN_TEXT);
  }

  private static List<String> told(String text, MediaType type) {
    return parsed(text, type).announcements().stream()
        .map(it -> it.kind() + " " + it.span().of(text) + " > " + it.scope().of(text).strip())
        .toList();
  }

  private static ParsedDocument parsed(String text, MediaType type) {
    return new StandardDocumentParser().parse(text.getBytes(UTF_8), type);
  }
}
