package dev.ragline.answering.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A Markdown document made from a seed, with words that a reader sees, however they are marked, and
 * words that none does.
 *
 * @param seen words of the reading, each of them once in the document
 * @param hidden words of marks
 */
record MarkedDocument(String text, List<String> seen, List<String> hidden) {
  private static final class Maker {
    final Random random;
    final StringBuilder text = new StringBuilder();
    final List<String> seen = new ArrayList<>();
    final List<String> hidden = new ArrayList<>();

    Maker(long seed) {
      this.random = new Random(seed);
    }

    String letters() {
      StringBuilder word = new StringBuilder();
      for (int i = 0; i < 9; i++) {
        word.append("bdfgklmnprtvz".charAt(random.nextInt(13)));
        word.append("aou".charAt(random.nextInt(3)));
      }
      return word.toString();
    }

    String hidden() {
      hidden.add(letters());
      return hidden.getLast();
    }

    String word() {
      String a = letters();
      String b = letters();
      String whole = a + b;
      String marked =
          switch (random.nextInt(17)) {
            case 0 -> "_" + whole + "_";
            case 1 -> a + "**" + b + "**";
            case 2 -> a + "<sub>" + b + "</sub>";
            case 3 -> "[" + whole + "](http://" + hidden() + ".org \"" + hidden() + "\")";
            case 4 -> "\\*" + whole + "\\*";
            case 5 -> "&lt;" + whole + "&gt;";
            case 6 -> "`" + whole + "`";
            case 7 -> "<" + whole + ">";
            case 8 -> "Map<" + whole + ", T>";
            case 9 ->
                "{{< glossary_tooltip text=\"" + whole + "\" term_id=\"" + hidden() + "\" >}}";
            case 10 -> whole + " <!-- " + hidden() + " -->";
            case 11 -> "![" + whole + "](data:image/png;base64," + hidden().repeat(20) + ")";
            case 12 -> "~~" + whole + "~~";
            case 13 -> "<a href=\"" + hidden() + "\">" + whole + "</a>";
            case 14 -> "e\u0301" + " " + whole;
            case 15 -> "__" + whole + "__\\[1\\]";
            default -> whole;
          };
      seen.add(whole);
      return marked;
    }

    String sentence() {
      return "The " + word() + " of a\n" + word() + " is near " + word() + ".";
    }

    void block() {
      switch (random.nextInt(10)) {
        case 0 -> text.append("## ").append(word()).append(" {#").append(hidden()).append("}\n");
        case 1 -> text.append("- [x] ").append(oneLine()).append("\n- ").append(oneLine());
        case 2 ->
            text.append("| ")
                .append(word())
                .append(" | b |\n|---|---|\n| x | ")
                .append(word())
                .append(" |");
        case 3 -> text.append("```").append(hidden()).append("\n").append(plain()).append("\n```");
        case 4 ->
            text.append("<table><tr><td>")
                .append(plain())
                .append("</td><td>")
                .append(plain())
                .append("</td></tr></table>");
        case 5 -> text.append("> [!WARNING]\n> ").append(oneLine());
        case 6 -> text.append("!!! ").append(hidden()).append("\n    ").append(oneLine());
        case 7 -> text.append("{{< ").append(hidden()).append(" >}}\n").append(oneLine());
        case 8 ->
            text.append("A fact is here.[^1]\n\n[^1]: ")
                .append(oneLine())
                .append("\n\n[")
                .append(hidden())
                .append("]: http://")
                .append(hidden())
                .append(".org");
        default -> text.append(sentence()).append(' ').append(sentence());
      }
      text.append("\n\n");
    }

    String oneLine() {
      return sentence().replace('\n', ' ');
    }

    String plain() {
      seen.add(letters());
      return seen.getLast();
    }
  }

  static MarkedDocument of(long seed) {
    Maker maker = new Maker(seed);
    for (int i = 3 + maker.random.nextInt(6); i > 0; i--) {
      maker.block();
    }
    return new MarkedDocument(maker.text.toString(), maker.seen, maker.hidden);
  }
}
