package dev.ragline.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Chunking;
import java.util.List;
import org.junit.jupiter.api.Test;

class StructureChunkerTest {
  private final TokenCounter words = text -> text.isBlank() ? 0 : text.strip().split("\\s+").length;

  @Test
  void chunk_description_standsByItselfBelowTheTitle() {
    Chunker chunker = Chunkers.create(new Chunking.Structure(0), new WordCounter(), 256);
    Chunked chunked =
        Chunked.of(
            chunker, "---\ntitle: t\ndescription: what it is about\ntags: [a]\n---\nintro\n");
    assertThat(chunked.texts()).containsExactly("what it is about", "intro");
    assertThat(chunked.chunks().getFirst().embeddedText()).isEqualTo("The title\nwhat it is about");
    assertThat(Chunked.of(chunker, "---\ntitle: t\n---\n").chunks()).isEmpty();
    assertThat(Chunked.of(chunker, "").chunks()).isEmpty();
  }

  @Test
  void chunk_sections_areNeverMixed() {
    Chunked chunked = chunk(100, "intro\n\n# A\n\none\n\ntwo\n\n## B\nthree\n\n# C\nfour\n");
    assertThat(chunked.texts())
        .containsExactly("intro", "# A\n\none\n\ntwo", "## B\nthree", "# C\nfour");
    assertThat(chunked.chunks())
        .extracting(ChunkDraft::headingPath)
        .containsExactly(List.of(), List.of("A"), List.of("A", "B"), List.of("C"));
  }

  @Test
  void chunk_embeddedText_namesTitleAndHeadingsThatTheTextDoesNot() {
    Chunked chunked = chunk(100, "intro\n\n# A\none\n## B\ntwo\n# The title\nthree");
    assertThat(chunked.chunks())
        .extracting(ChunkDraft::embeddedText)
        .containsExactly(
            "The title\nintro",
            "The title\nA\n\none",
            "The title\nA\nB\n\ntwo",
            "The title\n\nthree");
  }

  @Test
  void chunk_headingWithoutText_joinsItsFirstSubsection() {
    Chunked chunked = chunk(100, "# A\n\n<!-- c -->\n## B\n\n### C\ntext\n### D\n## E\n");
    assertThat(chunked.texts())
        .containsExactly("# A\n\n<!-- c -->\n## B\n\n### C\ntext", "### D", "## E");
    assertThat(chunked.chunks().getFirst().headingPath()).containsExactly("A", "B", "C");
    assertThat(chunked.chunks().getFirst().embeddedText())
        .isEqualTo("The title\nA\n\nB\n\nC\n\ntext");
  }

  @Test
  void chunk_sectionThatDoesNotFit_isCutBetweenBlocks() {
    String a = "a ".repeat(9).strip();
    String b = "b ".repeat(8).strip();
    Chunked chunked = chunk(20, "# H\n\n" + a + "\n\n" + a + "\n\n" + b);
    assertThat(chunked.texts()).containsExactly("# H\n\n" + a, a + "\n\n" + b);
    assertThat(chunked.chunks().getLast().embeddedText())
        .isEqualTo("The title\nH\n" + a + "\n\n" + b);
  }

  @Test
  void chunk_headingBeforeLargeBlock_keepsItsBeginning() {
    Chunked chunked = chunk(16, "# H\n\n" + "One two three four five. ".repeat(5).strip());
    assertThat(chunked.texts().getFirst())
        .isEqualTo("# H\n\nOne two three four five. One two three four five.");
    assertThat(chunked.texts()).hasSize(3);
    assertThat(chunked.texts().subList(1, 3))
        .allMatch(text -> text.startsWith("One") && text.endsWith("five."));
  }

  @Test
  void chunk_largeList_isCutBetweenItsItems() {
    String item = "- one two three\n  - four five\n";
    Chunked chunked = chunk(16, item.repeat(4).strip());
    assertThat(chunked.texts()).allMatch(text -> text.startsWith("- one"));
    assertThat(String.join("\n", chunked.texts()) + "\n").isEqualTo(item.repeat(4));
  }

  @Test
  void chunk_largeCode_isCutBetweenLines() {
    Chunked chunked = chunk(16, "```\n" + "# a b. C\n".repeat(9) + "```");
    assertThat(chunked.texts()).hasSizeGreaterThan(2);
    assertThat(chunked.texts())
        .allMatch(text -> text.startsWith("```\n#") || text.startsWith("# a"));
    assertThat(chunked.chunks()).allMatch(chunk -> chunk.headingPath().isEmpty());
  }

  @Test
  void chunk_markupAtTheEdge_isLeftOut() {
    assertThat(chunk(50, "<!-- a -->\n\ntext\n\n***\n\nmore\n\n---\n\n# H\nend\n\n<br/>").texts())
        .containsExactly("text\n\n***\n\nmore", "# H\nend");
    assertThat(chunk(50, "---\ntitle: x\n---\n<!-- only -->").texts()).isEmpty();
  }

  @Test
  void chunk_longHeadings_leaveRoomForTheText() {
    String heading = "h ".repeat(60).strip();
    Chunked chunked = chunk(40, "# " + heading + "\n\n" + "word ".repeat(100));
    chunked.assertExact("long heading");
    chunked.assertSizes(words, 40, 40, "long heading");
    chunked.assertNothingLost(true, "long heading");
  }

  @Test
  void chunk_counterThatIsNotAdditive_isStillObeyed() {
    TokenCounter growing = text -> (int) Math.pow(words.count(text), 1.5);
    Chunked chunked =
        Chunked.of(
            new StructureChunker(growing, 60, 60), "# H\n\n" + "One two three four. ".repeat(40));
    chunked.assertExact("not additive");
    chunked.assertSizes(growing, 60, 60, "not additive");
    chunked.assertNothingLost(true, "not additive");
  }

  private Chunked chunk(int maxTokens, String content) {
    return Chunked.of(new StructureChunker(words, maxTokens, maxTokens), content);
  }
}
