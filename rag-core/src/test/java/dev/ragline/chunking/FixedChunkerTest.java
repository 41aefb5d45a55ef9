package dev.ragline.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Chunking;
import java.util.List;
import org.junit.jupiter.api.Test;

class FixedChunkerTest {
  private final TokenCounter counter = new WordCounter();

  @Test
  void chunk_overlap_isEmbeddedButNotStored() {
    Chunked chunked = chunk(16, 3, "a b c d e f g h i j k l m n o p q r s t u v");
    assertThat(chunked.texts()).containsExactly("a b c d e f g h i j k l m n o p", "q r s t u v");
    assertThat(chunked.chunks())
        .extracting(ChunkDraft::embeddedText)
        .containsExactly("a b c d e f g h i j k l m n o p", "n o p q r s t u v");
  }

  @Test
  void chunk_textWithoutSpaces_isCutBetweenCharacters() {
    Chunked chunked = chunk(16, 4, "数据".repeat(20));
    assertThat(chunked.texts()).extracting(String::length).containsExactly(16, 12, 12);
    assertThat(chunked.chunks().get(1).embeddedText()).hasSize(16);
    assertThat(chunk(16, 0, "e\u0301".repeat(40)).texts()).allMatch(text -> text.startsWith("e"));
    assertThat(chunk(16, 0, "😀".repeat(40)).texts()).allMatch(text -> text.length() % 2 == 0);
  }

  @Test
  void chunk_headingPath_isThatOfTheStart() {
    Chunked chunked =
        chunk(16, 0, "---\ntitle: t\n---\nintro\n# A\n" + "w ".repeat(31) + "\n## B\nx");
    assertThat(chunked.chunks())
        .extracting(ChunkDraft::headingPath)
        .containsExactly(List.of(), List.of("A"), List.of("A"));
    assertThat(chunked.texts().getFirst()).startsWith("intro");
    assertThat(chunked.texts().getLast()).endsWith("## B\nx");
  }

  @Test
  void chunk_description_standsByItself() {
    Chunked chunked =
        chunk(16, 3, "---\ntitle: t\ndescription: what it is about\ntags: [a]\n---\nintro");
    assertThat(chunked.texts()).containsExactly("what it is about", "intro");
    assertThat(chunked.chunks().get(1).embeddedText()).isEqualTo("intro");
    assertThat(chunk(16, 3, "---\ndescription: alone\n---\n").texts()).containsExactly("alone");
    assertThat(chunk(16, 3, "---\ntitle: t\n---\n").texts()).isEmpty();
    assertThat(chunk(16, 3, "").texts()).isEmpty();
  }

  private Chunked chunk(int maxTokens, int overlap, String content) {
    return Chunked.of(
        Chunkers.create(new Chunking.Fixed(maxTokens, overlap), counter, 256), content);
  }
}
