package dev.ragline.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.document.reading.TextSpan;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentencesTest {
  static List<Arguments> texts() {
    return List.of(
        sentences(
            "Use it, e.g. this one. And v2.4 too.", "Use it, e.g. this one.", "And v2.4 too."),
        sentences("See e.g. Milvus, i.e. That. Done.", "See e.g. Milvus, i.e. That.", "Done."),
        sentences(
            "Take No. 5 or Fig. 3 by Dr. J. Smith. I say no. Then.",
            "Take No. 5 or Fig. 3 by Dr. J. Smith.",
            "I say no.",
            "Then."),
        sentences("Wow!! really? Yes... and on. End", "Wow!!", "really?", "Yes... and on.", "End"),
        sentences(
            "**Bold one.** Next (in here.) \"Quoted.\" Last.",
            "Bold one.",
            "Next (in here.)",
            "\"Quoted.\"",
            "Last."),
        sentences("今天很好。你好吗？「好。」他说。", "今天很好。", "你好吗？", "「好。」", "他说。"),
        sentences("كيف حالك؟ أنا بخير. شكرا", "كيف حالك؟", "أنا بخير.", "شكرا"),
        sentences("one\nline\r\nmore. Two", "one\nline\r\nmore.", "Two"),
        sentences("## A heading. Whole ##\ntext", "A heading. Whole", "text"),
        sentences("# About C#\ntext", "About C#", "text"),
        sentences("Set\n===\ntext", "Set", "text"),
        sentences(
            "- one. Two\n- three\n  - nested\n\n1. four", "one.", "Two", "three", "nested", "four"),
        sentences("para\n\nother", "para", "other"),
        sentences("do:\n```sh\n# a. B\nls\n```\nthen", "do:", "# a. B\nls", "then"),
        sentences("| a. B | c |\n|---|---|\n| d | e |", "a. B | c", "d | e"),
        sentences("> one.\n> Two\n> lines", "one.", "Two\n> lines"),
        sentences("<!-- no. Sentence -->\n\ntext", "text"),
        sentences("2. Item. 2024 was good.", "Item.", "2024 was good."),
        sentences(" ", new String[0]));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void in_text_findsItsSentences(String text, List<String> sentences) {
    assertThat(Sentences.in(text)).extracting(span -> span.of(text)).isEqualTo(sentences);
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void in_generatedText_givesTrimmedSpansInOrder(long seed) {
    String text = GeneratedMarkdown.of(seed);
    int end = 0;
    for (TextSpan sentence : Sentences.in(text)) {
      assertThat(sentence.start()).as("seed %d", seed).isGreaterThanOrEqualTo(end);
      assertThat(sentence.length()).as("seed %d", seed).isPositive();
      assertThat(Blanks.trim(text, sentence)).as("seed %d", seed).isEqualTo(sentence);
      end = sentence.end();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"word e.g. more ", ". (", ".a", "(", "!", "a. "})
  void in_longRunOnOneLine_coversItFromStartToEnd(String unit) {
    String text = "x" + unit.repeat(100_000) + "y";
    List<TextSpan> sentences = Sentences.in(text);
    assertThat(sentences.getFirst().start()).isZero();
    assertThat(sentences.getLast().end()).isEqualTo(text.length());
  }

  private static Arguments sentences(String text, String... sentences) {
    return Arguments.of(text, List.of(sentences));
  }
}
