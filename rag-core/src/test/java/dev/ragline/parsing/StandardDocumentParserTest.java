package dev.ragline.parsing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.document.MediaType;
import dev.ragline.document.RagException;
import dev.ragline.document.reading.TextSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardDocumentParserTest {
  private final DocumentParser parser = new StandardDocumentParser();

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t", "\uFEFF", "\uFEFF\r\n\u00A0\u3000"})
  void parse_nothingVisible_hasNoBlocks(String content) {
    assertThat(markdown(content).blocks()).isEmpty();
    assertThat(markdown(content).title()).isNull();
    assertThat(parser.parse(content.getBytes(UTF_8), MediaType.PLAIN_TEXT).blocks()).isEmpty();
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
            Block.Kind.MARKUP);
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
  @ValueSource(strings = {"---\r\ntags: [x]\r\n...\r\n# H", "\uFEFF---\n---\n# H"})
  void parse_frontMatterWithoutReadableTitle_isNoText(String content) {
    ParsedDocument parsed = markdown(content);
    assertThat(parsed.blocks().getFirst().kind()).isEqualTo(Block.Kind.FRONT_MATTER);
    assertThat(parsed.title()).isEqualTo("H");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+++\nSome text.\n+++\nmore",
        "---\nSome text.\n---\nmore",
        "---\ntitle: x\nno end",
        "---- \ntitle: x\n---\n"
      })
  void parse_dashesThatAreNoFrontMatter_staysText(String content) {
    assertThat(markdown(content).blocks())
        .extracting(Block::kind)
        .doesNotContain(Block.Kind.FRONT_MATTER);
    assertCovered(markdown(content), content);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "---~title: Releases: who may~---~# H | Releases: who may",
        "---~title: 'Releases: who may'~---~# H | Releases: who may",
        "---~title: Ask: \"when\", not why~tags: [a]~---~# H | Ask: \"when\", not why",
        "---~weight: 10~title: C#: a tour~---~# H | C#: a tour",
        "---~owner: ops: night~title: Plain~---~# H | Plain",
        "---~title: >-~  On two~  lines~---~# H | On two lines",
        "---~Title: Upper~---~# H | Upper",
        "---~title: [not, one]~---~# H | H",
        "---~title:~---~# H | H",
        "---~title: [broken~---~# H | H",
        "+++~title = \"Releases: who may\"~weight = 3~+++~# H | Releases: who may",
        "+++~title = 'Literal'~[params]~title = 'other'~+++~# H | Literal",
        "+++~# a comment~title = \"\"\"~Long\"\"\"~+++~# H | Long",
        "+++~title = no quotes~+++~# H | H",
        "+++~+++~# H | H",
      })
  void parse_frontMatter_givesTheTitleAndIsNoText(String content, String title) {
    ParsedDocument parsed = markdown(content.replace('~', '\n'));
    assertThat(parsed.title()).isEqualTo(title);
    assertThat(parsed.blocks().getFirst().kind()).isEqualTo(Block.Kind.FRONT_MATTER);
    assertThat(parsed.blocks())
        .filteredOn(block -> block.kind() != Block.Kind.FRONT_MATTER)
        .extracting(block -> block.span().of(parsed.source().text()))
        .containsExactly("# H");
    assertCovered(parsed, content);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "---~description: How to release.~title: T~---~x | How to release.",
        "---~title: 😀~description: \"How: to\"~---~x | How: to",
        "---~description: 'It''s so'~---~x | It''s so",
        "---~description: >-~  How to~  release.~title: T~---~x | How to~  release.",
        "---~description: !~  😀 one~~  two~---~x | 😀 one~~  two",
        "---~description: over~  two lines~---~x | over~  two lines",
        "---~title: a: b~description: How to~---~x | How to",
        "---~title: b~description: How: to~---~x | How: to",
        "+++~description = \"How to \\\"x\\\"\"~+++~x | How to \\\"x\\\"",
        "+++~title = 'a'~description = QQQ~How toQQQ~[params]~a = 1~+++~x | How to",
      })
  void parse_description_isABlockOfItsOwn(String written, String description) {
    // A bar parts the columns here.
    String content =
        written.replace('~', '\n').replace("QQQ", "''" + "'").replace(": !\n", ": |\n");
    ParsedDocument parsed = markdown(content);
    assertThat(parsed.blocks())
        .filteredOn(block -> block.kind() == Block.Kind.PARAGRAPH)
        .extracting(block -> block.span().of(content))
        .containsExactly(description.replace('~', '\n'), "x");
    assertCovered(parsed, content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "---\ndescription: ''\n---\n",
        "---\ndescription:\n---\n",
        "---\ndescription: [a, b]\n---\n",
        "---\nparams:\n  description: nested\n---\n",
        "+++\n[params]\ndescription = 'nested'\n+++\n",
        "+++\ndescription = 3\n+++\n"
      })
  void parse_noDescription_isNoText(String content) {
    assertThat(markdown(content).blocks())
        .extracting(Block::kind)
        .containsExactly(Block.Kind.FRONT_MATTER);
  }

  @Test
  void parse_htmlHeadings_areHeadings() {
    ParsedDocument parsed =
        markdown(
            """
            <h1 align="center"><img src="logo.png"> Mills</h1>

            intro

            <div>
            <H2 id="wind"
                class="x">Wind &amp; <em>water</em></H2>
            They turn.
            <h3>Sails</h3>
            </div>

            Of linen.

            ## Rivers

            <h2>Ponds</h2>
            Still.
            """);
    assertThat(parsed.title()).isEqualTo("Mills");
    assertThat(parsed.blocks())
        .filteredOn(block -> block.kind() != Block.Kind.MARKUP)
        .extracting(block -> block.kind() + " " + String.join(" > ", block.headingPath()))
        .containsExactly(
            "HEADING Mills",
            "PARAGRAPH Mills",
            "HEADING Mills > Wind & water",
            "PARAGRAPH Mills > Wind & water",
            "HEADING Mills > Wind & water > Sails",
            "PARAGRAPH Mills > Wind & water > Sails",
            "HEADING Mills > Rivers",
            "HEADING Mills > Ponds",
            "PARAGRAPH Mills > Ponds");
    assertCovered(parsed, "html headings");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!-- <h2>Old</h2> -->\n\ntext",
        "<div>\n<!--\n<h2>Old</h2>\n-->\nx\n</div>",
        "<pre>\n<h2>Code</h2>\n</pre>",
        "<script>\nlet a = '<h2>No</h2>';\n</script>",
        "<h2>never closed\n\ntext",
        "<h2>closed by another</h3>\n\ntext",
        "<h7>None</h7>",
        "<hr>\n<header>Top</header>",
        "`<h2>code</h2>`",
        "```\n<h2>code</h2>\n```",
        "<h2></h2>\n\ntext",
        "<h1 align=center>\n<img src=logo.png>\n</h1>\n\ntext"
      })
  void parse_whatIsNoHtmlHeading_isAboveNothing(String content) {
    assertThat(markdown(content).blocks()).allMatch(block -> block.headingPath().isEmpty());
    assertThat(markdown(content).title()).isNull();
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
        "<h2>".repeat(n),
        "<h2 ".repeat(n),
        "<div><h2>a</h2><!-- ".repeat(n / 10),
        "<div>\n<!-- \n\n".repeat(n / 10),
        "<div><pre \n\n".repeat(n / 10),
        "---\ntitle: a: b\n" + "k: v: w\n".repeat(5_000) + "---\ntext",
        "+++\na = " + "[".repeat(30_000) + "\n+++\ntext",
        "+++\n" + "description = \"\"\"\n".repeat(3_000) + "+++\ntext",
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
