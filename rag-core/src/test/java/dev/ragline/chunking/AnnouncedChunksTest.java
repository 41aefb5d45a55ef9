package dev.ragline.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Chunking;
import dev.ragline.parsing.GeneratedMarkdown;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes on in a chunk says what it is: of which table, list or code it is a part. */
class AnnouncedChunksTest {
  private static final String ROWS =
      IntStream.rangeClosed(1, 60)
          .mapToObj(n -> "| service-%d | %d |\n".formatted(n, 9000 + n))
          .collect(Collectors.joining());
  private static final String HTML_ROWS =
      IntStream.rangeClosed(1, 60)
          .mapToObj(n -> "<tr><td>service-%d</td><td>%d</td></tr>\n".formatted(n, 9000 + n))
          .collect(Collectors.joining());

  private final WordCounter counter = new WordCounter();

  @Test
  void structure_tableOfSixtyRows_eachChunkIsBelowItsColumnNames() {
    Chunked chunked =
        structure("# Ports\n\nThe services listen here:\n\n| Service | Port |\n|---|---|\n" + ROWS);
    assertThat(chunked.chunks()).hasSizeGreaterThan(5);
    assertThat(chunked.chunks())
        .allSatisfy(
            chunk ->
                assertThat(chunk.embeddedText())
                    .containsOnlyOnce("Service | Port")
                    .containsOnlyOnce("The services listen here:"));
    assertThat(chunked.chunks().getLast().embeddedText())
        .startsWith("The title\nPorts\nThe services listen here:\nService | Port\nservice-");
    assertThat(chunked.texts()).allMatch(text -> text.endsWith(" |"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<table>\n<tr><th>Service</th><th>Port</th></tr>\n",
        "<table>\n<tr><td><strong>Service</strong></td><td><b>Port</b></td></tr>\n",
        "<table>\n<caption>c</caption>\n<thead><tr><td>Service</td><td>Port</td></tr></thead>\n",
        "<div class=wide><table><tbody><tr><th>Service</th>\n<th>Port</th></tr>\n",
        "<TABLE>\n<TR>\n<TH>Service</TH>\n<TH>Port</TH>\n</TR>\n\n"
      })
  void structure_htmlTable_isCutBetweenRowsBelowItsColumnNames(String start) {
    Chunked chunked = structure(start + HTML_ROWS + "</table>");
    assertThat(chunked.chunks()).hasSizeGreaterThan(5);
    assertThat(chunked.chunks())
        .allSatisfy(chunk -> assertThat(chunk.embeddedText()).contains("Service").contains("Port"));
    assertThat(chunked.texts().subList(1, chunked.texts().size()))
        .allMatch(text -> text.startsWith("<tr>"));
  }

  @Test
  void structure_nestedList_namesTheItemsAbove() {
    String items =
        IntStream.rangeClosed(1, 40)
            .mapToObj(n -> "    - leaf number %d of them\n".formatted(n))
            .collect(Collectors.joining());
    Chunked chunked = structure("Kinds of trees:\n\n- Conifers\n  - Pines\n" + items + "- Oaks\n");
    assertThat(chunked.chunks()).hasSizeGreaterThan(3);
    for (ChunkDraft chunk : chunked.chunks().subList(1, chunked.chunks().size() - 1)) {
      assertThat(chunk.embeddedText())
          .startsWith("The title\nKinds of trees:\nConifers\nPines\n- leaf number");
    }
    assertThat(chunked.texts().getLast()).endsWith("- Oaks");
  }

  @Test
  void structure_longItem_namesItsBeginning() {
    Chunked chunked =
        structure("- **Timeouts** end calls. " + "They can be raised by the owner. ".repeat(30));
    assertThat(chunked.chunks()).hasSizeGreaterThan(2);
    assertThat(chunked.chunks())
        .allSatisfy(chunk -> assertThat(chunk.embeddedText()).contains("Timeouts"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "To start the mill, run:\n\n```sh\n%s```\n",
        "To start the mill, run:\n\n%s",
        "> To start the mill, run:\n>\n> ~~~\n>\n%s",
        "Here is how. To start the mill, run:\n\n```\n%s```",
        "1. To start the mill, run:\n\n   ```\n%s   ```\n2. Then stop it.",
      })
  void structure_codeThatGoesOn_namesWhatItIsFor(String text) {
    String lines =
        IntStream.rangeClosed(1, 60)
            .mapToObj(n -> "    mill --turn %d --wheel %d\n".formatted(n, n + 1))
            .map(line -> text.startsWith(">") ? "> " + line : line)
            .collect(Collectors.joining());
    Chunked chunked = structure(text.formatted(lines));
    assertThat(chunked.chunks()).hasSizeGreaterThan(3);
    assertThat(chunked.chunks())
        .filteredOn(chunk -> chunk.text().contains("mill --turn"))
        .allSatisfy(
            chunk -> assertThat(chunk.embeddedText()).containsOnlyOnce("To start the mill, run:"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "- item one of the list\n- item two of the list\n",
        "1. item one of the list\n2. item two of the list\n",
        "```\nitem one\nitem two\n```\n",
        "| item | x |\n|---|---|\n| one | 1 |\n",
        "<table>\n<tr><th>item</th></tr>\n<tr><td>1</td></tr>\n</table>\n",
        "> item one is quoted here\n"
      })
  void structure_leadIn_staysWithTheFirstOfWhatItAnnounces(String announced) {
    for (int words = 0; words < 60; words++) {
      String text = "word ".repeat(words) + "end. Choose any of these:\n\n" + announced + "\nEnd.";
      assertThat(structure(text).texts())
          .as("%d words", words)
          .allMatch(chunk -> !chunk.endsWith(":"))
          .allMatch(chunk -> !chunk.endsWith("|---|---|") && !chunk.endsWith("</th></tr>"));
    }
  }

  @Test
  void fixed_tableThatGoesOn_isEmbeddedBelowItsColumnNames() {
    Chunker chunker = Chunkers.create(new Chunking.Fixed(64, 12), counter, 256);
    Chunked chunked = Chunked.of(chunker, "| Service | Port |\n|---|---|\n" + ROWS);
    assertThat(chunked.chunks()).hasSizeGreaterThan(5);
    assertThat(chunked.chunks().subList(1, chunked.chunks().size()))
        .allSatisfy(
            chunk -> {
              assertThat(chunk.announcements()).hasSize(1);
              assertThat(chunk.embeddedText()).startsWith("Service | Port\n");
            });
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void structure_generated_announcementsStandBeforeTheirChunks(long seed) {
    Chunker chunker = Chunkers.create(new Chunking.Structure(40), counter, 60);
    Chunked chunked = Chunked.of(chunker, GeneratedMarkdown.of(seed));
    for (ChunkDraft chunk : chunked.chunks()) {
      assertThat(chunk.announcements())
          .as("seed " + seed)
          .allMatch(it -> it.span().end() <= chunk.span().start())
          .allMatch(it -> chunk.span().start() < it.scope().end());
    }
  }

  private Chunked structure(String content) {
    Chunked chunked =
        Chunked.of(Chunkers.create(new Chunking.Structure(64), counter, 128), content);
    chunked.assertExact(content);
    chunked.assertSizes(counter, 64, 128, content);
    chunked.assertNothingLost(true, content);
    return chunked;
  }
}
