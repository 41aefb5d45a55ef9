package dev.ragline.chunking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.ragline.document.ByteRange;
import dev.ragline.document.Chunking;
import dev.ragline.document.Content;
import dev.ragline.document.MediaType;
import dev.ragline.parsing.GeneratedMarkdown;
import dev.ragline.parsing.ParsedDocument;
import dev.ragline.parsing.StandardDocumentParser;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WindowedCutTest {
  private static final String TITLE = "The title";
  private static final int WINDOW_TOKENS = 64;

  /** Small, so that a document of some kilobytes has many windows. */
  private static final int USUAL = 1500;

  private static final List<Chunking> CHUNKINGS =
      List.of(
          Chunking.DEFAULT,
          new Chunking.Structure(20),
          new Chunking.Structure(400),
          new Chunking.Fixed(30, 7),
          new Chunking.Fixed(60, 0),
          new Chunking.Separator("# "),
          new Chunking.Separator("\n\n"),
          new Chunking.Separator(" "));

  /** All that is told of a chunk. */
  private record Told(ByteRange range, String text, List<String> path, String embedded) {
    static Told of(ChunkDraft chunk, long start) {
      ByteRange range = chunk.range();
      return new Told(
          new ByteRange(start + range.start(), start + range.end()),
          chunk.text(),
          chunk.headingPath(),
          chunk.embeddedText());
    }
  }

  private static List<Told> whole(byte[] content, MediaType type, Chunking chunking) {
    ParsedDocument parsed = new StandardDocumentParser().parse(content, type);
    Chunker chunker = Chunkers.create(chunking, new WordCounter(), WINDOW_TOKENS);
    return ImmutableList.copyOf(chunker.chunks(parsed, TITLE)).stream()
        .map(chunk -> Told.of(chunk, 0))
        .toList();
  }

  private static WindowedCut cut(
      byte[] content, MediaType type, Chunking chunking, int usual, int largest) {
    return new WindowedCut(
        Content.of(content),
        type,
        new StandardDocumentParser(),
        chunking,
        Chunkers.create(chunking, new WordCounter(), WINDOW_TOKENS),
        TITLE,
        usual,
        largest);
  }

  private static List<Told> parts(WindowedCut cut) {
    List<Told> found = new ArrayList<>();
    boolean more = true;
    while (more) {
      more = cut.goOn();
      cut.take().forEach(part -> found.add(Told.of(part.chunk(), part.start())));
    }
    return found;
  }

  private static void assertSame(String text, MediaType type, Chunking chunking, String what) {
    byte[] content = text.getBytes(UTF_8);
    List<Told> whole = whole(content, type, chunking);
    List<Told> windowed = parts(cut(content, type, chunking, USUAL, 64 << 20));
    for (int i = 0; i < Math.min(whole.size(), windowed.size()); i++) {
      assertThat(windowed.get(i)).as("%s, chunk %d", what, i).isEqualTo(whole.get(i));
    }
    assertThat(windowed).as(what).hasSameSizeAs(whole);
  }

  @ParameterizedTest
  @EnumSource(MediaType.class)
  void windows_generatedDocuments_giveTheChunksOfTheWhole(MediaType type) {
    for (long seed = 0; seed < 90; seed++) {
      StringBuilder text = new StringBuilder(GeneratedMarkdown.of(seed));
      for (long more = 1; more < 8; more++) {
        // Marks that only mean something at a document's beginning are text further on.
        text.append(GeneratedMarkdown.of(1000 * more + seed));
      }
      for (Chunking chunking : CHUNKINGS) {
        assertSame(text.toString(), type, chunking, "seed %d, %s".formatted(seed, chunking));
      }
    }
  }

  /** Texts of plain words, with paragraphs of very different lengths. */
  private static String prose(long seed, int paragraphs, String[] words) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < paragraphs; i++) {
      int length = random.nextInt(10) == 0 ? random.nextInt(900) : random.nextInt(60);
      for (int word = 0; word < length; word++) {
        text.append(words[random.nextInt(words.length)])
            .append(random.nextInt(12) == 0 ? ". " : " ");
      }
      text.append(random.nextInt(5) == 0 ? "\n" : "\n\n");
    }
    return text.toString();
  }

  @Test
  void windows_prose_giveTheChunksOfTheWhole() {
    String[] latin = {"water", "mill", "Stones", "turns", "a", "of", "quick", "naïve"};
    String[] chinese = {"向量数据库", "检索。", "😀", "数据", "。"};
    for (long seed = 0; seed < 30; seed++) {
      String text = prose(seed, 40, seed % 3 == 0 ? chinese : latin);
      for (Chunking chunking : CHUNKINGS) {
        assertSame(text, MediaType.PLAIN_TEXT, chunking, "seed %d, %s".formatted(seed, chunking));
      }
    }
  }

  @Test
  void windows_sectionsOfAllSizes_giveTheChunksOfTheWhole() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 20; round++) {
      StringBuilder text = new StringBuilder("---\ntitle: Mills\n---\n\n");
      for (int i = 0; i < 30; i++) {
        int level = 1 + random.nextInt(4);
        text.append("#".repeat(level)).append(" Section ").append(i).append("\n\n");
        text.append(prose(round * 100L + i, random.nextInt(4), new String[] {"mill", "stone"}));
      }
      for (Chunking chunking : CHUNKINGS) {
        assertSame(text.toString(), MediaType.MARKDOWN, chunking, round + ", " + chunking);
      }
    }
  }

  @Test
  void windows_chunksAsLargeAsAllowed_giveTheChunksOfTheWhole() {
    String[] chinese = {"向量数据库检索。", "数据很多"};
    String text = prose(3, 400, chinese);
    for (Chunking chunking :
        List.of(
            new Chunking.Structure(8000),
            new Chunking.Fixed(8000, 100),
            new Chunking.Separator("@"))) {
      assertSame(text, MediaType.PLAIN_TEXT, chunking, chunking.toString());
      assertSame(text, MediaType.MARKDOWN, chunking, chunking.toString());
    }
  }

  @Test
  void windows_oneParagraphLargerThanAnyWindow_isCutAllTheSame() {
    String text = "word ".repeat(20_000);
    for (Chunking chunking : CHUNKINGS) {
      List<Told> parts =
          parts(cut(text.getBytes(UTF_8), MediaType.PLAIN_TEXT, chunking, 1000, 4000));
      long end = 0;
      for (Told part : parts) {
        assertThat(part.range().start()).isGreaterThanOrEqualTo(end);
        assertThat(text.substring((int) end, (int) part.range().start())).isBlank();
        end = part.range().end();
      }
      assertThat(text.substring((int) end)).isBlank();
    }
  }

  @Test
  void windows_oneParagraph_withFixedAndSeparatorIsCutAsTheWhole() {
    String text = "one two three four, five six. ".repeat(2000);
    byte[] content = text.getBytes(UTF_8);
    for (Chunking chunking : CHUNKINGS) {
      if (!(chunking instanceof Chunking.Structure)) {
        assertThat(parts(cut(content, MediaType.PLAIN_TEXT, chunking, 1000, 1 << 20)))
            .isEqualTo(whole(content, MediaType.PLAIN_TEXT, chunking));
      }
    }
  }

  @Test
  void windows_blankForLong_areReadToTheEnd() {
    String text = "First.\n\n" + "\n \t".repeat(5000) + "    code\n\nLast.\n" + "\n".repeat(9000);
    byte[] content = text.getBytes(UTF_8);
    for (Chunking chunking : CHUNKINGS) {
      List<Told> parts = parts(cut(content, MediaType.MARKDOWN, chunking, 500, 1000));
      assertThat(parts).as(chunking.toString()).isNotEmpty();
      assertThat(parts.getLast().text()).contains("Last.");
    }
  }

  @Test
  void windowBytes_usualText_staySmall() {
    String text = prose(9, 3000, new String[] {"water", "mill", "stone"});
    WindowedCut cut =
        cut(text.getBytes(UTF_8), MediaType.PLAIN_TEXT, Chunking.DEFAULT, 10_000, 1 << 20);
    long most = 0;
    while (cut.goOn()) {
      most = Math.max(most, cut.windowBytes());
    }
    assertThat(most).isLessThanOrEqualTo(20_000);
  }
}
