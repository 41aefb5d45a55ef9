package dev.ragline.answering.grounded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.testing.RandomTexts;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CitationMarksTest {
  private static final List<String> MARKISH =
      List.of(
          "[1]",
          " [2]",
          "[1, 2]",
          "[1][2]",
          "[ 3 ]",
          "【1】",
          "[12]",
          "[",
          "]",
          "[1",
          "[2024]",
          "[x]",
          "[MinIO](https://min.io/)",
          "`",
          "```",
          "\n",
          " ",
          ",",
          ", ",
          ".",
          "[]",
          "[1,]",
          "(",
          ")",
          "[1](",
          "([1])",
          "([1], [2])",
          "[[1]]",
          "[^1]",
          "[^1]: ",
          "[1]: ",
          "[1-3]",
          "[Source 1]",
          "[Quelle 2]",
          "[sources 1 and 2]",
          "【1†source】",
          "［2］",
          "-",
          "\\",
          "~~~",
          "\n~~~\n",
          "[text][1]",
          "S",
          "†");

  /** Writes marks as {@code <1,2>}, so that their places can be seen. */
  private static final class Tape implements CitationMarks.Sink {
    private final StringBuilder out = new StringBuilder();
    private int marks;

    @Override
    public void text(String piece) {
      assertThat(piece).isNotEmpty();
      out.append(piece);
    }

    @Override
    public void mark(List<Integer> numbers) {
      assertThat(numbers).isNotEmpty();
      marks++;
      out.append(numbers.toString().replace('[', '<').replace(']', '>').replace(" ", ""));
    }
  }

  static List<Long> seeds() {
    return new Random(30).longs(500).boxed().toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          stored in etcd [1].               | stored in etcd<1>.
          stored in etcd[1].                | stored in etcd<1>.
          stored in etcd. [1] And S3. [2]   | stored in etcd.<1> And S3.<2>
          in etcd [1] and S3 [2]            | in etcd<1> and S3<2>
          in etcd [1, 2], S3                | in etcd<1,2>, S3
          in etcd [1;2]                     | in etcd<1,2>
          in etcd [1][2].                   | in etcd<1,2>.
          in etcd [1] [2].                  | in etcd<1,2>.
          in etcd [1], [2].                 | in etcd<1,2>.
          in etcd 【1】。                     | in etcd<1>。
          in [1]the end                     | in <1>the end
          [1] says so                       | <1> says so
          in etcd [0] or [42].              | in etcd<0> or<42>.
          in etcd [1-3].                    | in etcd<1,2,3>.
          in etcd [1–2, 4].                 | in etcd<1,2,4>.
          in etcd [1 and 2].                | in etcd<1,2>.
          in etcd [1, 2, and 3].            | in etcd<1,2,3>.
          in etcd [[1]].                    | in etcd<1>.
          in etcd[^2].                      | in etcd<2>.
          in etcd ([1]).                    | in etcd<1>.
          in etcd ([1], [2]).               | in etcd<1,2>.
          in etcd [Source 1].               | in etcd<1>.
          in etcd [source: 2].              | in etcd<2>.
          in etcd [Ref. 3].                 | in etcd<3>.
          in etcd [Sources 1, 2 and 3].     | in etcd<1,2,3>.
          in etcd [Doc #2].                 | in etcd<2>.
          in etcd [Quelle 1, Quelle 2].     | in etcd<1,2>.
          在etcd中［1］。                       | 在etcd中<1>。
          在etcd中[来源1]。                      | 在etcd中<1>。
          in etcd 【3†source】.               | in etcd<3>.
          in etcd [1][MinIO](m).            | in etcd <1>[MinIO](m).
          as in [1]: it is                  | as in<1>: it is
          `etcd`[1] and ``a[1]``[2]         | `etcd`<1> and ``a[1]``<2>
          """)
  void accept_marks_areTakenOut(String text, String expected) {
    assertThat(read(List.of(text))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "see [MinIO](https://min.io/)",
        "- [x] done",
        "[a1]",
        "since [2024].",
        "a [",
        "[1",
        "[1,",
        "[]",
        "[1,]",
        "[-1]",
        "[1】",
        "`a[1]`",
        "``a[1]``",
        "```\nx[0] = y[1]\n```",
        "[1](https://a.b)",
        "  ",
        "end \n\n",
        "【x】",
        "[MinIO][1]",
        "![1](a.png)",
        "[^1]: the manual",
        "a\n[1]: https://min.io/",
        "\\[1] is escaped",
        "[0-9]",
        "[3-1]",
        "[1-99]",
        "[Source]",
        "[Sourced 1]",
        "[one, 1]",
        "(1) and (2)",
        "f([x])",
        "~~~\nx[0] = y[1]\n~~~",
        "~~~~\n~~~\nx[1]\n```\n~~~~",
        "```\n~~~\nx[1]\n```",
        "[1†source]"
      })
  void accept_otherBrackets_passUnchanged(String text) {
    assertThat(read(List.of(text))).isEqualTo(text);
    assertThat(read(List.of(text.split("")))).isEqualTo(text);
  }

  @Test
  void accept_lineBreakBeforeMark_staysBetweenParagraphs() {
    assertThat(read(List.of("One.\n\n[1] Two.\n[2]"))).isEqualTo("One.\n\n<1> Two.<2>");
  }

  @Test
  void accept_strayBacktick_hidesMarksOfItsLineOnly() {
    assertThat(read(List.of("a ` b [1]\nc [2]"))).isEqualTo("a ` b [1]\nc<2>");
  }

  @Test
  void accept_textBeforeMarkIsDecided_isNotHeldBack() {
    Tape tape = new Tape();
    CitationMarks marks = new CitationMarks(tape);
    marks.accept("stored in etcd ");
    assertThat(tape.out).hasToString("stored in etcd");
    marks.accept("[1]");
    assertThat(tape.out).hasToString("stored in etcd");
    marks.accept(". Then");
    assertThat(tape.out).hasToString("stored in etcd<1>. Then");
  }

  @Test
  void accept_endlessWhiteSpaceAndMarks_holdsLittleBack() {
    Tape tape = new Tape();
    CitationMarks marks = new CitationMarks(tape);
    for (int i = 0; i < 1000; i++) {
      marks.accept(" ");
    }
    assertThat(tape.out.length()).isGreaterThan(900);
    for (int i = 0; i < 1000; i++) {
      marks.accept("[1]");
    }
    assertThat(tape.marks).isGreaterThan(5);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void accept_cutAnywhere_givesTheSame(long seed) {
    Random random = new Random(seed);
    String text = RandomTexts.mixed(random, random.nextInt(60), MARKISH);
    String whole = read(List.of(text));
    assertThat(read(RandomTexts.cut(random, text))).as("seed %d: %s", seed, text).isEqualTo(whole);
    assertThat(read(List.of(text.split("")))).as("seed %d: %s", seed, text).isEqualTo(whole);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void accept_noMarks_passesUnchanged(long seed) {
    Random random = new Random(seed);
    List<String> brackets = List.of("[", "[x]", "[MinIO](a)", "[2024]", "]", "`", "\n", " ");
    String text = RandomTexts.mixed(random, random.nextInt(60), brackets);
    assertThat(read(RandomTexts.cut(random, text))).as("seed %d", seed).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void accept_markAfterEachWord_leavesTheWords(long seed) {
    Random random = new Random(seed);
    StringBuilder marked = new StringBuilder();
    StringBuilder plain = new StringBuilder();
    int words = 1 + random.nextInt(20);
    for (int i = 0; i < words; i++) {
      String mark = random.nextBoolean() ? " [%d]".formatted(random.nextInt(100)) : "";
      marked.append(i == 0 ? "" : " ").append("wörd").append(i).append(mark);
      plain.append(i == 0 ? "" : " ").append("wörd").append(i);
    }
    String read = read(RandomTexts.cut(random, marked.toString())).replaceAll("<[0-9]+>", "");
    assertThat(read).as("seed %d", seed).isEqualTo(plain.toString());
  }

  private static String read(List<String> pieces) {
    Tape tape = new Tape();
    CitationMarks marks = new CitationMarks(tape);
    pieces.forEach(marks::accept);
    marks.finish();
    return tape.out.toString();
  }
}
