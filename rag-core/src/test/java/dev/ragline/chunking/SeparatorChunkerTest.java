package dev.ragline.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.parsing.Sentences;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeparatorChunkerTest {
  @Test
  void chunk_separator_belongsToNoChunk() {
    assertThat(texts("# ", "intro\n# A\none\n## B\n# "))
        .containsExactly("intro\n", "A\none\n#", "B\n");
  }

  @Test
  void chunk_piecesThatShowNothing_areLeftOut() {
    assertThat(texts("\n", "\n\na\n \n\n b ")).containsExactly("a", " b ");
    assertThat(texts("ab", "abab")).isEmpty();
  }

  @Test
  void chunk_separatorOverItself_isFoundFromTheLeft() {
    assertThat(texts("aa", "xaaay")).containsExactly("x", "ay");
  }

  @Test
  void chunk_signsOfRegularExpressions_areLiteral() {
    assertThat(texts(".*|", "a.*|b.c|")).containsExactly("a", "b.c|");
    assertThat(texts("\\", "a\\b")).containsExactly("a", "b");
  }

  @Test
  void chunk_piece_isEmbeddedAsItIsWrittenBelowItsHeadings() {
    Chunked chunked = Chunked.of(new SeparatorChunker("# "), "# A\n- *one*\n## B\ntwo [x](y)");
    assertThat(chunked.chunks())
        .extracting(ChunkDraft::embeddedText)
        .containsExactly("A\n- *one*\n#", "B\ntwo [x](y)");
    assertThat(chunked.chunks())
        .allSatisfy(
            it -> assertThat(it.embeddedSentences()).hasSameSizeAs(Sentences.in(it.reading())));
    assertThat(chunked.chunks())
        .extracting(ChunkDraft::headingPath)
        .containsExactly(List.of("A"), List.of("A", "B"));
  }

  private static List<String> texts(String separator, String content) {
    Chunked chunked = Chunked.of(new SeparatorChunker(separator), content);
    chunked.assertExact(content);
    return chunked.texts();
  }
}
