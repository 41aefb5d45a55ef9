package dev.ragline.chunking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.document.Chunking;
import dev.ragline.document.reading.TextSpan;
import dev.ragline.parsing.Blanks;
import dev.ragline.parsing.GeneratedMarkdown;
import dev.ragline.parsing.ParsedDocument;
import dev.ragline.parsing.SampleData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every document, however it is cut. */
class ChunkersTest {
  private final WordCounter counter = new WordCounter();

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void chunk_generatedTextByStructure_isExactAndWhole(long seed) {
    int size = 16 + (int) (seed % 5) * 25;
    int window = size + (int) (seed % 3) * 20;
    Chunker chunker = Chunkers.create(new Chunking.Structure(size), counter, window);
    Chunked chunked = Chunked.of(chunker, GeneratedMarkdown.of(seed));
    chunked.assertExact("seed " + seed);
    chunked.assertSizes(counter, size, window, "seed " + seed);
    chunked.assertNothingLost(true, "seed " + seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void chunk_generatedTextBySize_isExactAndWhole(long seed) {
    int size = 16 + (int) (seed % 4) * 30;
    int overlap = (int) (seed % 16);
    Chunker chunker = Chunkers.create(new Chunking.Fixed(size, overlap), counter, 256);
    Chunked chunked = Chunked.of(chunker, GeneratedMarkdown.of(seed));
    chunked.assertExact("seed " + seed);
    chunked.assertSizes(counter, size, size, "seed " + seed);
    chunked.assertNothingLost(false, "seed " + seed);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void chunk_generatedTextBySeparator_isWhatSplitGives(long seed) {
    String content = GeneratedMarkdown.of(seed);
    for (String separator : List.of("# ", "\n", "数据", ".", "end. ")) {
      Chunker chunker = Chunkers.create(new Chunking.Separator(separator), counter, 256);
      Chunked chunked = Chunked.of(chunker, content);
      chunked.assertExact("seed " + seed);
      assertThat(chunked.texts())
          .as("seed %d, separator '%s'", seed, separator)
          .isEqualTo(piecesThatShowSomething(chunked.parsed(), separator));
    }
  }

  private static List<String> piecesThatShowSomething(ParsedDocument parsed, String separator) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (String piece : parsed.source().text().split(Pattern.quote(separator), -1)) {
      TextSpan span = new TextSpan(start, start + piece.length());
      String shown = parsed.reading().of(span);
      if (!Blanks.isBlank(shown, new TextSpan(0, shown.length()))) {
        pieces.add(piece);
      }
      start = span.end() + separator.length();
    }
    return pieces;
  }

  static List<Chunking> chunkings() {
    return List.of(
        new Chunking.Structure(0), new Chunking.Structure(100), new Chunking.Fixed(0, 30));
  }

  @ParameterizedTest
  @MethodSource("chunkings")
  void chunk_longParagraph_countsInProportion(Chunking chunking) {
    String sentence = "Some words that make up a sentence of middling length, again and again. ";
    for (String text :
        List.of(
            sentence.repeat(14_000),
            "word ".repeat(200_000),
            "x".repeat(1_000_000),
            "数据".repeat(300_000),
            "a" + " ".repeat(1_000_000) + "b",
            "# " + "h ".repeat(300_000) + "\n\ntext",
            "- item\n".repeat(100_000),
            "# h\n<!-- " + "c".repeat(300_000) + " -->\ntext",
            "e" + "\u0301".repeat(200_000))) {
      WordCounter own = new WordCounter();
      Chunked chunked = Chunked.of(Chunkers.create(chunking, own, 256), text);
      // The document was chunked twice, and a chunk's neighbourhood is counted a few times.
      assertThat(own.charsCounted()).as(text.substring(0, 9)).isLessThan(40L * text.length());
      chunked.assertExact(text.substring(0, 9));
      chunked.assertSizes(counter, 256, 256, text.substring(0, 9));
      assertThat(chunked.chunks())
          .allSatisfy(
              chunk -> assertThat(chunk.text()).hasSizeLessThanOrEqualTo(Chunkers.maxBytes()));
    }
  }

  @Test
  void chunk_sampleDocuments_areExactAndWhole() throws IOException {
    for (Chunking chunking : List.of(new Chunking.Structure(0), new Chunking.Structure(64))) {
      Chunker chunker = Chunkers.create(chunking, counter, 256);
      for (Path file : SampleData.markdown("k8s-concepts")) {
        String what = file.getFileName().toString();
        Chunked chunked = Chunked.of(chunker, Files.readAllBytes(file));
        chunked.assertExact(what);
        chunked.assertSizes(
            counter, chunking.equals(new Chunking.Structure(0)) ? 256 : 64, 256, what);
        chunked.assertNothingLost(true, what);
      }
    }
  }

  @Test
  void chunk_tutorialsFiles_giveItsSeventyTwoChunks() throws IOException {
    Chunker chunker = Chunkers.create(new Chunking.Separator("# "), counter, 256);
    int chunks = 0;
    for (Path file : SampleData.markdown("milvus-faq")) {
      Chunked chunked = Chunked.of(chunker, Files.readAllBytes(file));
      chunked.assertExact(file.getFileName().toString());
      String whole = new String(Files.readAllBytes(file), UTF_8);
      assertThat(String.join("# ", chunked.texts())).isEqualTo(whole);
      chunks += chunked.chunks().size();
    }
    assertThat(chunks).isEqualTo(72);
  }

  @Test
  void create_windowTooSmall_isRefused() {
    assertThatThrownBy(() -> Chunkers.create(Chunking.DEFAULT, counter, 15))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
