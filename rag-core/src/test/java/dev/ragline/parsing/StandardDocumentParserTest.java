package dev.ragline.parsing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.document.MediaType;
import dev.ragline.document.RagException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardDocumentParserTest {
  private final DocumentParser parser = new StandardDocumentParser();

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t", "\uFEFF", "\uFEFF\r\n\u00A0\u3000"})
  void parse_nothingVisible_isRefused(String content) {
    assertThatThrownBy(() -> markdown(content))
        .isInstanceOf(RagException.class)
        .hasMessage("content: holds no text");
  }

  @Test
  void parse_nul_isRefusedWithItsByte() {
    assertThatThrownBy(() -> markdown("ö\0"))
        .isInstanceOf(RagException.class)
        .hasMessage("content: not a text: byte 2 is NUL");
  }

  @Test
  void parse_plainText_givesParagraphsWithoutHeadings() {
    ParsedDocument parsed =
        parser.parse(
            "# one\r\nstill\r\n \t\r\n\r\ntwo\r\rthree".getBytes(UTF_8), MediaType.PLAIN_TEXT);
    assertThat(parsed.title()).isNull();
    assertThat(texts(parsed)).containsExactly("# one\r\nstill", "two", "three");
    assertThat(parsed.blocks()).allMatch(block -> block.headingPath().isEmpty());
  }

  @Test
  void parse_everyKindOfBlock_isNamed() {
    ParsedDocument parsed =
        markdown(
            """
            ---
            title: "T: one"
            ---
            # H

            text
            more

            - a
              - b

            ```
            # no heading
            ```

            | a | b |
            |---|---|
            | 1 | 2 |

            > quote

            <!-- comment -->

            <p>html</p>

            [ref]: http://a.b
            """);
    assertThat(parsed.title()).isEqualTo("T: one");
    assertThat(parsed.blocks())
        .extracting(Block::kind)
        .containsExactly(
            Block.Kind.FRONT_MATTER,
            Block.Kind.HEADING,
            Block.Kind.PARAGRAPH,
            Block.Kind.LIST,
            Block.Kind.CODE,
            Block.Kind.TABLE,
            Block.Kind.QUOTE,
            Block.Kind.MARKUP,
            Block.Kind.PARAGRAPH,
            Block.Kind.PARAGRAPH);
    assertThat(texts(parsed))
        .contains("text\nmore", "- a\n  - b", "```\n# no heading\n```", "[ref]: http://a.b");
  }

  @Test
  void parse_headings_givePathsOfPlainText() {
    ParsedDocument parsed =
        markdown(
            "# A *b* `c`\n\n"
                + "  ## [Boot](x) issues ##\n\n"
                + "text\n\n"
                + "#### 1. Deep\n\n"
                + "## C#\n\n"
                + "Set\n"
                + "ext\n"
                + "===\n"
                + "end");
    assertThat(parsed.title()).isEqualTo("A b c");
    assertThat(parsed.blocks())
        .extracting(Block::headingPath)
        .containsExactly(
            List.of("A b c"),
            List.of("A b c", "Boot issues"),
            List.of("A b c", "Boot issues"),
            List.of("A b c", "Boot issues", "1. Deep"),
            List.of("A b c", "C#"),
            List.of("Set ext"),
            List.of("Set ext"));
    assertThat(texts(parsed)).contains("## [Boot](x) issues ##");
  }

  @Test
  void parse_noHeadingOfLevelOne_takesTheFirstAsTitle() {
    assertThat(markdown("intro\n\n### First\n\n## Second").title()).isEqualTo("First");
    assertThat(markdown("## First\n\n# Top").title()).isEqualTo("Top");
    assertThat(markdown("just text").title()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "---\ntitle: a: b\n---\n# H",
        "---\r\ntags: [x]\r\n...\r\n# H",
        "\uFEFF---\n---\n# H"
      })
  void parse_frontMatterWithoutReadableTitle_isNoText(String content) {
    ParsedDocument parsed = markdown(content);
    assertThat(parsed.blocks().getFirst().kind()).isEqualTo(Block.Kind.FRONT_MATTER);
    assertThat(parsed.title()).isEqualTo("H");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"---\nSome text.\n---\nmore", "---\ntitle: x\nno end", "---- \ntitle: x\n---\n"})
  void parse_dashesThatAreNoFrontMatter_staysText(String content) {
    assertThat(markdown(content).blocks())
        .extracting(Block::kind)
        .doesNotContain(Block.Kind.FRONT_MATTER);
    assertCovered(markdown(content), content);
  }

  @Test
  void parse_veryLongHeading_isCutInPathsOnly() {
    String heading = "# " + "word 😀 ".repeat(50_000);
    ParsedDocument parsed = markdown(heading + "\n\ntext");
    assertThat(parsed.blocks().getLast().headingPath().getFirst())
        .hasSizeLessThanOrEqualTo(200)
        .endsWith("…");
    assertThat(parsed.blocks().getFirst().span().length()).isEqualTo(heading.strip().length());
  }

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void parse_generatedText_losesNothing(long seed) {
    String content = GeneratedMarkdown.of(seed);
    assertCovered(markdown(content), "seed " + seed);
  }

  static List<String> hostile() {
    int n = 100_000;
    return List.of(
        ">".repeat(n),
        ">".repeat(n / 2) + "a\n".repeat(n),
        "[".repeat(n) + "]".repeat(n),
        "- ".repeat(n) + "a",
        "*a **b ".repeat(n),
        "# " + "[a](".repeat(n),
        "x" + " ".repeat(n) + "y",
        "|a".repeat(500) + "\n" + "|-".repeat(500) + "\n" + "a\n".repeat(20_000),
        "<!-- ".repeat(n),
        "<a ".repeat(n),
        "\t".repeat(n) + "a",
        "---\n" + "a: {".repeat(n) + "\n---\ntext",
        "---\n" + "#\n".repeat(n / 4) + "\n---\ntext",
        "[a]: b\n".repeat(n / 10),
        "word ".repeat(n * 2));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void parse_hostileText_isReadInFull(String content) {
    assertCovered(markdown(content), content.substring(0, 20));
  }

  @Test
  void parse_sampleDocuments_loseNothing() throws IOException {
    for (Path file : SampleData.markdown("k8s-concepts")) {
      ParsedDocument parsed = parser.parse(Files.readAllBytes(file), MediaType.MARKDOWN);
      assertCovered(parsed, file.getFileName().toString());
      assertThat(parsed.title()).as(file.toString()).isNotBlank();
    }
  }

  private static void assertCovered(ParsedDocument parsed, String what) {
    String text = parsed.source().text();
    int covered = 0;
    for (Block block : parsed.blocks()) {
      int next = block.span().start();
      assertThat(next).as(what).isGreaterThanOrEqualTo(covered);
      assertThat(Blanks.isBlank(text, new TextSpan(covered, next))).as(what).isTrue();
      assertThat(Blanks.isBlank(text, block.span())).as(what).isFalse();
      covered = block.span().end();
    }
    assertThat(Blanks.isBlank(text, new TextSpan(covered, text.length()))).as(what).isTrue();
  }

  private static List<String> texts(ParsedDocument parsed) {
    return parsed.blocks().stream().map(block -> block.span().of(parsed.source().text())).toList();
  }

  private ParsedDocument markdown(String content) {
    return parser.parse(content.getBytes(UTF_8), MediaType.MARKDOWN);
  }
}
