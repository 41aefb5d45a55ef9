package dev.ragline.chunking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.Chunking;
import dev.ragline.document.MediaType;
import dev.ragline.parsing.ParsedDocument;
import dev.ragline.parsing.StandardDocumentParser;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LargestChunkTest {
  private static final String SENTENCE = "Releases are approved by the owner of the component. ";

  private static Chunked chunked(Chunking chunking, String text) {
    return Chunked.of(Chunkers.create(chunking, new WordCounter(), 256), text);
  }

  static List<Chunking> chunkings() {
    return List.of(
        new Chunking.Separator("@@@"), new Chunking.Structure(8192), new Chunking.Fixed(8192, 20));
  }

  @ParameterizedTest
  @MethodSource("chunkings")
  void chunk_largerThanTheLargest_isCutWithoutLoss(Chunking chunking) {
    for (String text :
        List.of(
            SENTENCE.repeat(20_000),
            "word ".repeat(100_000),
            "x".repeat(300_000),
            "数据库很大。".repeat(30_000),
            "数".repeat(100_000),
            "🚢".repeat(50_000),
            "e" + "\u0301".repeat(100_000))) {
      Chunked chunked = chunked(chunking, text);
      chunked.assertExact(text.substring(0, 2));
      chunked.assertNothingLost(true, text.substring(0, 2));
      assertThat(chunked.chunks())
          .allSatisfy(
              chunk ->
                  assertThat(chunk.text().getBytes(UTF_8))
                      .hasSizeLessThanOrEqualTo(Chunkers.maxBytes()));
    }
  }

  @Test
  void chunk_separatorIsNowhere_isCutAfterSentences() {
    Chunked chunked = chunked(new Chunking.Separator("@@@"), SENTENCE.repeat(2000));
    assertThat(chunked.texts()).hasSizeGreaterThan(5).allMatch(text -> text.strip().endsWith("."));
    assertThat(String.join("", chunked.texts())).isEqualTo(SENTENCE.repeat(2000));
    // None is small only because it was cut.
    assertThat(chunked.texts().subList(0, chunked.texts().size() - 1))
        .allMatch(text -> text.length() > Chunkers.maxBytes() / 2);
  }

  @Test
  void chunk_asLargeAsTheLargest_staysWhole() {
    String whole = "y".repeat(Chunkers.maxBytes());
    assertThat(chunked(new Chunking.Separator("@"), whole + "@" + whole).texts())
        .containsExactly(whole, whole);
    assertThat(chunked(new Chunking.Separator("@"), whole + "z").texts())
        .containsExactly(whole, "z");
  }

  @ParameterizedTest
  @MethodSource("chunkings")
  void chunks_firstOnly_doesNotCountTheRest(Chunking chunking) {
    AtomicInteger chars = new AtomicInteger();
    TokenCounter counter =
        text -> {
          chars.addAndGet(text.length());
          return text.length() / 5;
        };
    String text = (SENTENCE.repeat(40) + "\n\n").repeat(500);
    ParsedDocument parsed =
        new StandardDocumentParser().parse(text.getBytes(UTF_8), MediaType.MARKDOWN);
    Iterator<ChunkDraft> chunks = Chunkers.create(chunking, counter, 256).chunks(parsed, "Title");
    assertThat(chunks.next().text()).isNotBlank();
    assertThat(chars.get()).isLessThan(text.length() / 4);
  }
}
