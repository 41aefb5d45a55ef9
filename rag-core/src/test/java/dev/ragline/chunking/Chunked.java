package dev.ragline.chunking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.ragline.document.MediaType;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.Blanks;
import dev.ragline.parsing.Block;
import dev.ragline.parsing.ParsedDocument;
import dev.ragline.parsing.StandardDocumentParser;
import java.util.Arrays;
import java.util.List;

/** A document with its chunks, and what must hold for any of them. */
record Chunked(byte[] content, ParsedDocument parsed, List<ChunkDraft> chunks) {
  static Chunked of(Chunker chunker, byte[] content) {
    ParsedDocument parsed = new StandardDocumentParser().parse(content, MediaType.MARKDOWN);
    List<ChunkDraft> chunks = ImmutableList.copyOf(chunker.chunks(parsed, "The title"));
    assertThat(ImmutableList.copyOf(chunker.chunks(parsed, "The title"))).isEqualTo(chunks);
    return new Chunked(content, parsed, chunks);
  }

  static Chunked of(Chunker chunker, String content) {
    return of(chunker, content.getBytes(UTF_8));
  }

  List<String> texts() {
    return chunks.stream().map(ChunkDraft::text).toList();
  }

  /** Texts are the bytes of their ranges, in order, and each shows something. */
  void assertExact(String what) {
    long covered = 0;
    for (ChunkDraft chunk : chunks) {
      assertThat(chunk.range().start()).as(what).isGreaterThanOrEqualTo(covered);
      covered = chunk.range().end();
      byte[] slice =
          Arrays.copyOfRange(content, (int) chunk.range().start(), (int) chunk.range().end());
      assertThat(chunk.text().getBytes(UTF_8)).as(what).isEqualTo(slice);
      assertThat(chunk.text()).as(what).isNotBlank();
    }
  }

  void assertSizes(TokenCounter counter, int maxTokens, int window, String what) {
    for (ChunkDraft chunk : chunks) {
      String read = chunk.reading().text();
      assertThat(counter.count(read)).as(what).isLessThanOrEqualTo(maxTokens);
      assertThat(counter.count(chunk.embeddedText())).as(what).isLessThanOrEqualTo(window);
      // As it stands where a reader sees the same but for white space.
      String written = chunk.text().replaceAll("\\s+", "");
      assertThat(chunk.embeddedText().replaceAll("\\s+", ""))
          .as(what)
          .matches(
              embedded ->
                  embedded.endsWith(read.replaceAll("\\s+", "")) || embedded.endsWith(written));
    }
  }

  /**
   * Every byte that shows something is in a chunk, but for front matter and, if so said, bare
   * markup.
   */
  void assertNothingLost(boolean markupMayGo, String what) {
    boolean[] covered = new boolean[content.length];
    for (ChunkDraft chunk : chunks) {
      Arrays.fill(covered, (int) chunk.range().start(), (int) chunk.range().end(), true);
    }
    String text = parsed.source().text();
    for (Block block : parsed.blocks()) {
      if (block.kind() == Block.Kind.FRONT_MATTER
          || (markupMayGo && block.kind() == Block.Kind.MARKUP)) {
        continue;
      }
      for (int i = block.span().start(); i < block.span().end(); i++) {
        TextSpan one = new TextSpan(i, i + 1);
        if (!Blanks.isBlank(text, one) && !parsed.reading().of(one).isBlank()) {
          assertThat(covered[(int) parsed.source().bytes(0, i).end()])
              .as("%s: char %d, %s", what, i, block)
              .isTrue();
        }
      }
    }
  }
}
