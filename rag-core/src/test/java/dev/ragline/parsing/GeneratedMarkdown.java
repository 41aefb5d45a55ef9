package dev.ragline.parsing;

import java.util.List;
import java.util.Random;

/** Markdown documents made from a seed: every kind of block, several scripts and line ends. */
public final class GeneratedMarkdown {
  private static final List<String> WORDS =
      List.of(
          "vector",
          "index",
          "e.g.",
          "Milvus",
          "naïve",
          "v2.4",
          "向量数据库",
          "検索する。",
          "قاعدة",
          "بيانات؟",
          "e\u0301te\u0301",
          "👩‍👩‍👧‍👦",
          "😀",
          "𝒜𝓑",
          "*bold*",
          "`code # x`",
          "[link](http://a.b/c)",
          "<b>tag</b>",
          "a|b",
          "C#",
          "3.14",
          "No. 5",
          "end.",
          "Why?",
          "\\*",
          "&amp;",
          "http://example.org/a?b=c",
          "~~x~~");

  private final Random random;
  private final StringBuilder out = new StringBuilder();
  private final String lineEnd;

  private GeneratedMarkdown(long seed) {
    random = new Random(seed);
    lineEnd = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
  }

  /** The document of a seed. */
  public static String of(long seed) {
    GeneratedMarkdown document = new GeneratedMarkdown(seed);
    return document.generate();
  }

  private String generate() {
    if (random.nextInt(4) == 0) {
      out.append('\uFEFF');
    }
    if (random.nextInt(3) == 0) {
      lines("---", "title: Generated", "---");
    }
    int blocks = 1 + random.nextInt(25);
    for (int i = 0; i < blocks; i++) {
      block();
      for (int blank = random.nextInt(3); blank > 0; blank--) {
        lines(random.nextBoolean() ? "" : "  \t");
      }
    }
    return out.toString();
  }

  private void block() {
    switch (random.nextInt(14)) {
      case 0, 1, 2 -> lines(indent(4) + "#".repeat(1 + random.nextInt(6)) + " " + words(4));
      case 3 -> lines(words(3), random.nextBoolean() ? "===" : "---");
      case 4 -> lines("```sh", "# no heading", words(5), "", words(5), "```");
      case 5 ->
          lines("| a | b |", "|---|---|", "| " + words(3) + " | x |", "| y | " + words(2) + " |");
      case 6 -> lines("> " + words(8), words(5), "> # quoted heading", "> " + words(4));
      case 7 -> list();
      case 8 -> lines("<!-- " + words(3) + " -->");
      case 9 ->
          lines("[ref" + random.nextInt(9) + "]: http://a.b/" + random.nextInt(9) + " 'title'");
      case 10 -> lines("    code " + words(3), "", "    more");
      case 11 -> lines("<div>", words(4), "</div>");
      case 12 -> lines("***");
      default -> {
        for (int i = random.nextInt(6); i >= 0; i--) {
          lines(words(40));
        }
      }
    }
  }

  private void list() {
    String mark = List.of("- ", "* ", "1. ", "2) ").get(random.nextInt(4));
    for (int i = random.nextInt(12); i >= 0; i--) {
      lines(mark + words(12));
      if (random.nextInt(3) == 0) {
        lines(" ".repeat(mark.length()) + "- " + words(6), "");
      }
    }
  }

  private String indent(int bound) {
    return " ".repeat(random.nextInt(bound));
  }

  private String words(int most) {
    StringBuilder words = new StringBuilder();
    for (int i = random.nextInt(most); i >= 0; i--) {
      words.append(WORDS.get(random.nextInt(WORDS.size()))).append(i == 0 ? "" : " ");
    }
    return words.toString();
  }

  private void lines(String... lines) {
    for (String line : lines) {
      out.append(line).append(lineEnd);
    }
  }
}
