package dev.ragline.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlainTextTest {
  static List<Arguments> fragments() {
    return List.of(
        Arguments.of("See [the *docs*](http://a.b/c \"t\") now.", "See the docs now."),
        Arguments.of("**Bold** and `code` and _em_.", "Bold and code and em."),
        Arguments.of("- one\n- two", "one\ntwo"),
        Arguments.of("soft\nbreak  \nhard", "soft break hard"),
        Arguments.of("a <!-- c --> b <b>x</b> &amp; y", "a  b x & y"),
        Arguments.of("<!-- gone -->\n<p>kept <i>here</i></p>", "kept here"),
        Arguments.of("| a | b |\n|---|---|\n| `1` | 2 |", "a | b\n1 | 2"),
        Arguments.of("| a row | **cut** out |", "a row | cut out"),
        Arguments.of("## Heading ##\ntext", "Heading\ntext"),
        Arguments.of("![alt text](image.png)", "alt text"),
        Arguments.of("```sh\nls -l\n```", "ls -l"),
        Arguments.of("> quoted\n> text", "quoted text"),
        Arguments.of("向量**数据库**。", "向量数据库。"),
        Arguments.of("<http://a.b>", "http://a.b"),
        Arguments.of("3 < 4 and a<b", "3 < 4 and a<b"));
  }

  @ParameterizedTest
  @MethodSource("fragments")
  void of_fragment_readsAsAPersonWould(String markdown, String plain) {
    assertThat(PlainText.of(markdown)).isEqualTo(plain);
  }

  @Test
  void of_markupOnly_staysAsItIs() {
    assertThat(PlainText.of(" --- ")).isEqualTo("---");
    assertThat(PlainText.of("<!-- x -->")).isEqualTo("<!-- x -->");
    assertThat(PlainText.of("[a]: http://b")).isEqualTo("[a]: http://b");
    assertThat(PlainText.of("| | |")).isEqualTo("| | |");
    assertThat(PlainText.of("  ")).isEmpty();
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void of_generatedText_isNeverEmpty(long seed) {
    assertThat(PlainText.of(GeneratedMarkdown.of(seed))).as("seed %d", seed).isNotBlank();
  }

  static List<String> hostile() {
    int n = 50_000;
    return List.of(
        "[".repeat(n) + "]".repeat(n),
        "**".repeat(n) + "a" + "**".repeat(n),
        "*a **b ".repeat(n),
        ">".repeat(n) + "a",
        "<!-- ".repeat(n),
        "<div>\n" + "<".repeat(n) + "<!--".repeat(n),
        "|".repeat(n) + "a",
        "`a ``b ".repeat(n));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void of_hostileText_keepsSomething(String markdown) {
    assertThat(PlainText.of(markdown)).isNotBlank();
  }
}
