package dev.ragline.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.MediaType;
import dev.ragline.document.reading.Reading;
import dev.ragline.document.reading.ReadingUnit;
import dev.ragline.document.reading.TextSpan;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingsTest {
  static List<Arguments> commonMark() {
    return List.of(
        Arguments.of("See [the *docs*](http://a.b/c \"t\") now.", "See the docs now."),
        Arguments.of("**Bold** and `code` and _em_.", "Bold and code and em."),
        Arguments.of(
            "un**believ**able __strong__ s*n*ake_case_name", "unbelievable strong snake_case_name"),
        Arguments.of("- one\n- two", "- one\n- two"),
        Arguments.of(
            "1. one\n2. two\n   - nested\n\n     more", "1. one\n2. two\n  - nested\n  more"),
        Arguments.of("soft\nbreak  \nhard", "soft break hard"),
        Arguments.of("| a | b |\n|---|---|\n| `1` | 2 |", "a | b\n1 | 2"),
        Arguments.of("| a | b |\n|---|---|\n| x \\| y | *2* &amp; 3 |", "a | b\nx | y | 2 & 3"),
        Arguments.of("| a row | **cut** out |\n| b | c |", "a row | cut out\nb | c"),
        Arguments.of("## Heading ##\ntext", "Heading\n\ntext"),
        Arguments.of("Set\n===\ntext", "Set\n\ntext"),
        Arguments.of("![alt text](image.png)", "alt text"),
        Arguments.of(
            "[ref] and [other text][ref].\n\n[ref]: http://a.b 'title'", "ref and other text."),
        Arguments.of("> quoted\n> text", "quoted text"),
        Arguments.of("向量**数据库**。", "向量数据库。"),
        Arguments.of("<http://a.b/x_y>", "http://a.b/x_y"),
        Arguments.of("3 < 4 and a<b", "3 < 4 and a<b"),
        Arguments.of(
            "C:\\\\dir \\*not bold\\* 5 \\< 6 \\_x\\_ a\\b", "C:\\dir *not bold* 5 < 6 _x_ a\\b"),
        Arguments.of(
            "AT&amp;T, caf&eacute;, &#233;t&#xE9;, &copy; &nosuch; R&D",
            "AT&T, café, été, © &nosuch; R&D"),
        Arguments.of("`a\\*b &amp; <i>` and `` `x` ``", "a\\*b &amp; <i> and `x`"),
        Arguments.of("a <!-- c --> b", "a  b"),
        Arguments.of("---", ""),
        Arguments.of("[a]: http://b", ""),
        Arguments.of("| | |\n|---|---|\n| | x |", "x"));
  }

  @ParameterizedTest
  @MethodSource("commonMark")
  void markdown_marks_areNotSeen(String markdown, String seen) {
    assertThat(Readings.markdown(markdown).text()).isEqualTo(seen);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Run app logout <user> --force",
        "A List<String> holds a Map<String, List<Integer>>.",
        "Sign with -S[<keyid>] or --gpg-sign.",
        "Use <your-name>@<host>:<port>/<path>.",
        "kubectl label <object> <label>=<value> --for <time>",
        "Send it to <source> and <target>, then <output>.",
        "std::vector<int> v; if (a<b && c>d) x<-y;",
        "The type is Option<T>, </endpoint> and <T extends U>.",
        "<user> begins the line",
        "<your-token>\n",
        "It begins with <s> and so on.",
        "A lone </s> ends nothing, nor does <b>.",
        "if a<b and c>d then stop",
        "<?php echo 1 ?> is code"
      })
  void markdown_anglesThatAreNoHtml_areSeen(String text) {
    assertThat(Readings.markdown(text).text()).isEqualTo(text.strip());
  }

  static List<Arguments> html() {
    return List.of(
        Arguments.of("H<sub>2</sub>O and x<sup>2</sup>", "H2O and x2"),
        Arguments.of("a<br>b<br/>c", "a b c"),
        Arguments.of("press <kbd>Ctrl</kbd>, <b>now</b>", "press Ctrl, now"),
        Arguments.of(
            "<time datetime=\"1\">noon</time> <img src=\"a.png\" alt=\"a pump\">", "noon a pump"),
        Arguments.of("<!-- gone -->\n<p>kept <i>here</i> &lt;x&gt;</p>", "kept here <x>"),
        Arguments.of("<div>one</div><div>two</div>", "one\n\ntwo"),
        Arguments.of(
            "<table>\n"
                + "<tr><th>Name</th><th>Age</th></tr>\n"
                + "<tr><td>Ann</td><td>5</td></tr>\n"
                + "</table>",
            "Name | Age\nAnn | 5"),
        Arguments.of("<ul><li>one</li><li>two</li></ul>", "one\n\ntwo"),
        Arguments.of("<h2>Title</h2>\n<p>Text\nfolded</p>", "Title\n\nText folded"),
        Arguments.of("<pre>\na\n  b\n\nc\n</pre>", "a\n  b\n\nc"),
        Arguments.of("<style>p {color: red}</style>\n<p>x</p>", "x"),
        Arguments.of("<div>unfinished <!-- comment", "unfinished <!-- comment"),
        Arguments.of("<div>run <user> now</div>", "run <user> now"));
  }

  @ParameterizedTest
  @MethodSource("html")
  void markdown_html_isShownAsABrowserDoes(String markdown, String seen) {
    assertThat(Readings.markdown(markdown).text()).isEqualTo(seen);
  }

  static List<Arguments> placedMarks() {
    return List.of(
        Arguments.of("{{< note >}}\nMind the gap.\n{{< /note >}}", "Mind the gap."),
        Arguments.of("{{% warning %}}Hot.{{% /warning %}}", "Hot."),
        Arguments.of(
            "A {{< glossary_tooltip text=\"node\" term_id=\"node\" >}}, or more.",
            "A node, or more."),
        Arguments.of("The {{< glossary_tooltip term_id=\"kubelet\" >}} runs.", "The kubelet runs."),
        Arguments.of("Use {{<glossary_tooltip term_id=\"pod\" text=\"Pods\">}}.", "Use Pods."),
        Arguments.of(
            "{{< feature-state for_k8s_version=\"v1.10\" state=\"beta\" >}}", "v1.10 beta"),
        Arguments.of("## {{% heading \"whatsnext\" %}}\n\nx", "whatsnext\n\nx"),
        Arguments.of("`{{< note >}}` is `{{% x %}}`", "{{< note >}} is {{% x %}}"),
        Arguments.of("```\n{{< note >}}\n```", "{{< note >}}"),
        Arguments.of("{{ .Values.x }} stays", "{{ .Values.x }} stays"),
        Arguments.of("## Title {#anchor}\n\nText {#x} here", "Title\n\nText {#x} here"),
        Arguments.of("Title {#anchor-2}\n---\nText", "Title\n\nText"),
        Arguments.of("> [!WARNING]\n> Hot water.", "Hot water."),
        Arguments.of("> [!note]- Fold\n> Text.", "Fold Text."),
        Arguments.of(
            "!!! note \"Mind this\"\n    Body text.\n\n    - item\n\nAfter.",
            "Mind this Body text.\n  - item\n\nAfter."),
        Arguments.of("!!! warning\n\n    Body.\n", "Body."),
        Arguments.of("!!! wow great", "!!! wow great"),
        Arguments.of("??? tip \"T\"\n    B.", "T B."),
        Arguments.of("- [x] done\n- [ ] open", "- done\n- open"),
        Arguments.of(
            "Fact.[^1] More.[^n]\n\n[^1]: Source one.\n[^n]: Two.",
            "Fact. More.\n\nSource one.\nTwo."),
        Arguments.of("no [^note] here", "no [^note] here"),
        Arguments.of("~~old~~ new", "old new"),
        Arguments.of("::: tip Hint\nText\n:::", "Hint Text"),
        Arguments.of(
            "![photo](data:image/png;base64," + "QUJD".repeat(200) + ")\n\nText.",
            "photo\n\nText."));
  }

  @ParameterizedTest
  @MethodSource("placedMarks")
  void markdown_marksOfSitesAndTools_areNotSeen(String markdown, String seen) {
    assertThat(Readings.markdown(markdown).text()).isEqualTo(seen);
  }

  static List<Arguments> code() {
    return List.of(
        Arguments.of("```sh\nls -l\n\n  cd <dir>\n```", "ls -l\n\n  cd <dir>"),
        Arguments.of("- step:\n\n  ```\n  a\n    b\n  ```", "- step:\na\n  b"),
        Arguments.of("text\n\n    a &amp; *b*\n\n      c", "text\n\na &amp; *b*\n\n  c"),
        Arguments.of("> ```\n> x\n>\n> y\n> ```", "x\n\ny"),
        Arguments.of("~~~\n- [x] a\n!!! note\n    b\n~~~", "- [x] a\n!!! note\n    b"),
        Arguments.of("```\r\na\r\nb\r\n```", "a\nb"));
  }

  @ParameterizedTest
  @MethodSource("code")
  void markdown_code_isVerbatimLineByLine(String markdown, String seen) {
    Reading reading = Readings.markdown(markdown);
    assertThat(reading.text()).isEqualTo(seen);
    assertThat(reading.units()).anyMatch(unit -> unit.kind() == ReadingUnit.Kind.CODE);
  }

  @Test
  void plain_text_isNeverInterpreted() {
    String text = "# No *heading*\n<b>x</b> &amp; `y` {{< note >}}\n\n    [a]: b\\*";
    Reading reading = Readings.of(text, MediaType.PLAIN_TEXT);
    assertThat(reading.text()).isEqualTo(text);
    assertThat(reading.units()).hasSize(2);
    assertThat(reading.changes(new TextSpan(0, text.length()))).isEmpty();
  }

  @Test
  void units_ofEachKind_areExplicit() {
    Reading reading =
        Readings.markdown(
            "# T\n\nLead:\n\n- one\n\n  more\n\n| a | b |\n|---|---|\n| c | |\n\n```\nx\ny\n```\n");
    assertThat(reading.units())
        .extracting(unit -> unit.kind() + " " + unit.level() + " " + unit.span().of(reading.text()))
        .containsExactly(
            "HEADING 1 T",
            "PARAGRAPH 0 Lead:",
            "LIST_ITEM 1 one",
            "PARAGRAPH 1 more",
            "TABLE_HEADER 0 a | b",
            "TABLE_ROW 0 c",
            "CODE 0 x\ny");
    assertThat(reading.units().get(4).parts())
        .extracting(part -> part.of(reading.text()))
        .containsExactly("a", "b");
    assertThat(reading.units().get(5).parts()).hasSize(2);
    assertThat(reading.units().get(6).parts()).hasSize(2);
  }

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void markdown_generatedText_readsBackFromItsSource(long seed) {
    String text = GeneratedMarkdown.of(seed);
    Reading reading = Readings.markdown(text);
    for (TextSpan sentence : Sentences.in(reading)) {
      TextSpan source = reading.sourceSpan(sentence);
      assertThat(reading.of(source)).as("seed %d", seed).isEqualTo(sentence.of(reading.text()));
      assertThat(applied(reading, source)).isEqualTo(sentence.of(reading.text()));
      assertThat(reading.slice(source).text()).isEqualTo(sentence.of(reading.text()));
    }
  }

  private static String applied(Reading reading, TextSpan source) {
    StringBuilder shown = new StringBuilder();
    int done = source.start();
    for (Reading.Change change : reading.changes(source)) {
      shown.append(reading.source(), done, change.source().start()).append(change.shown());
      done = change.source().end();
    }
    return shown.append(reading.source(), done, source.end()).toString();
  }

  static List<String> hostile() {
    int n = 50_000;
    return List.of(
        "[".repeat(n) + "]".repeat(n),
        "**".repeat(n) + "a" + "**".repeat(n),
        "*a **b ".repeat(n),
        ">".repeat(n) + "a",
        "<!-- ".repeat(n),
        "x <!-- ".repeat(n),
        "x <? ".repeat(n),
        "<div>\n" + "<".repeat(n) + "<!--".repeat(n),
        "<div>\n" + "<b>".repeat(n),
        "x <b>".repeat(n),
        "<div>\n" + "</b>".repeat(n) + "<script>".repeat(n),
        "<div>\n" + "<!doctype ".repeat(n),
        "|".repeat(n) + "a",
        "`a ``b ".repeat(n),
        "{{< x ".repeat(n),
        "{{< x a=\" ".repeat(n),
        "~~a ".repeat(n),
        "[^a ".repeat(n),
        "[^a]: b\n".repeat(n),
        "# {#".repeat(n),
        "!!! note\n".repeat(n),
        "data:".repeat(n),
        "&amp".repeat(n) + "&amp;".repeat(n),
        "- ".repeat(n) + "a");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("hostile")
  void markdown_hostileText_isReadInTime(String markdown) {
    Reading reading = Readings.markdown(markdown);
    assertThat(reading.text().length()).isLessThanOrEqualTo(4 * markdown.length());
  }
}
