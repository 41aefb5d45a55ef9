package dev.ragline.parsing;

import dev.ragline.document.reading.TextSpan;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Covers the marks that sites and tools add to CommonMark, and that their readers do not see. Those
 * in code are covered, too: code is shown as its source has it.
 */
final class Marks {
  private static final int LINES = Pattern.MULTILINE | Pattern.UNIX_LINES;

  /** {@code !!! note "Title"} of Python-Markdown and MkDocs. */
  private static final Pattern ADMONITION =
      Pattern.compile(
          "^(?<indent> *+)(?<mark>!!!|\\?\\?\\?\\+?+)(?= )[^\"\n"
              + "]*+(?:\"(?<title>[^\"\n"
              + "]*+)\"[ \t]*+)?\r"
              + "?$",
          LINES);

  /** {@code ::: warning Title} of Docusaurus, VitePress and Pandoc. */
  private static final Pattern CONTAINER =
      Pattern.compile(
          "^ {0,3}+(?<mark>:{3,}+[ \t]*+(?:[\\w-]++|\\{[^}\n]*+\\})?+[ \t]*+)[^\n]*+$", LINES);

  /** {@code > [!WARNING]} of GitHub. */
  private static final Pattern ALERT =
      Pattern.compile("^[ \t]*+>[ \t>]*+(?<mark>\\[![\\w-]++\\][+-]?+[ \t]*+)", LINES);

  /** {@code - [x] done} of GFM. */
  private static final Pattern TASK =
      Pattern.compile(
          "^[ \t>]*+(?:[-*+]|\\d{1,9}+[.)])[ \t]++(?<mark>\\[[ xX]\\][ \t]++)(?=\\S)", LINES);

  /** {@code {#anchor}} or {@code {: .class}} after a heading. */
  private static final Pattern ANCHOR =
      Pattern.compile("(?<mark>[ \t]*+\\{[#:.][^{}\n]{0,200}+\\})[ \t]*+#*+[ \t]*+\r?$", LINES);

  private static final Pattern HEADING = Pattern.compile("[ \t>]*+#{1,6}+[ \t]");
  private static final Pattern UNDERLINE =
      Pattern.compile("\r?\n {0,3}+(?:=++|-++)[ \t]*+(?:\r?\n|$)");

  /** {@code {: .class}} of kramdown on a line of its own. */
  private static final Pattern ATTRIBUTES =
      Pattern.compile("^ {0,3}+(?<mark>\\{:[^{}\n]{0,200}+\\})[ \t]*+\r?$", LINES);

  /** {@code [^1]: text} */
  private static final Pattern FOOTNOTE =
      Pattern.compile("^ {0,3}+(?<mark>\\[\\^(?<label>[^\\]\\s]{1,100}+)\\]:[ \t]*+)", LINES);

  private static final Pattern FOOTNOTE_MARK = Pattern.compile("\\[\\^([^\\]\\s]{1,100}+)\\]");

  /** {@code ~~struck~~} of GFM. */
  private static final Pattern STRUCK =
      Pattern.compile("(?<!~)(~~)(?=[^\\s~])[^~\n]{0,1000}+(?<!\\s)(~~)(?!~)");

  private final MaskedText text;
  private final String source;

  private Marks(MaskedText text) {
    this.text = text;
    this.source = text.source();
  }

  static MaskedText masked(String source) {
    MaskedText text = new MaskedText(source);
    new Marks(text).run();
    return text;
  }

  private void run() {
    if (source.contains("{{")) {
      Shortcodes.mask(text);
    }
    if (source.contains("!!! ") || source.contains("??? ") || source.contains("???+ ")) {
      ADMONITION.matcher(source).results().forEach(this::admonition);
    }
    if (source.contains(":::")) {
      hide(CONTAINER);
    }
    if (source.contains("[!")) {
      hide(ALERT);
    }
    if (source.contains("] ") || source.contains("]\t")) {
      hide(TASK);
    }
    if (source.contains("{#") || source.contains("{:") || source.contains("{.")) {
      ANCHOR.matcher(source).results().filter(this::isOfHeading).forEach(this::hide);
      ATTRIBUTES
          .matcher(source)
          .results()
          .forEach(mark -> text.blank(mark.start("mark"), mark.end("mark")));
    }
    if (source.contains("[^")) {
      footnotes();
    }
    if (source.contains("~~")) {
      struck();
    }
  }

  private void hide(Pattern pattern) {
    pattern.matcher(source).results().forEach(this::hide);
  }

  private void hide(MatchResult mark) {
    text.hide(mark.start("mark"), mark.end("mark"));
  }

  private boolean isOfHeading(MatchResult anchor) {
    int line = source.lastIndexOf('\n', anchor.start()) + 1;
    Matcher heading = HEADING.matcher(source).region(line, source.length());
    Matcher underline = UNDERLINE.matcher(source).region(anchor.end(), source.length());
    return heading.lookingAt() || underline.lookingAt();
  }

  /** Makes an item of a list of it: what is indented below it is its text, as that of an item. */
  private void admonition(MatchResult header) {
    int mark = header.start("mark");
    if (!isFollowedBy(header.end(), header.end("indent") - header.start("indent") + 4)) {
      return;
    }
    int end = header.end();
    int shown = header.start("title");
    text.hide(mark, shown < 0 ? end : shown);
    if (shown >= 0) {
      text.hide(header.end("title"), end);
    }
    text.put(mark, "-   ");
    if (header.end("mark") + 1 == end) {
      text.blank(mark, end);
    }
  }

  /** Whether the next line that shows anything is indented so far. */
  private boolean isFollowedBy(int lineEnd, int indent) {
    int at = lineEnd;
    int start = lineEnd;
    while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
      char c = source.charAt(at);
      at++;
      if (c == '\n') {
        start = at;
      }
    }
    boolean tab = start < source.length() && source.charAt(start) == '\t';
    return at < source.length() && (at - start >= indent || tab);
  }

  /** Definitions are items of a list: each stands for itself. */
  private void footnotes() {
    Set<String> labels = new HashSet<>();
    FOOTNOTE
        .matcher(source)
        .results()
        .forEach(
            definition -> {
              labels.add(definition.group("label"));
              hide(definition);
              text.put(definition.start("mark"), "- ");
            });
    FOOTNOTE_MARK
        .matcher(source)
        .results()
        .filter(mark -> labels.contains(mark.group(1)) && !text.isMasked(mark.start()))
        .forEach(mark -> text.hide(mark.start(), mark.end()));
  }

  private void struck() {
    Matcher struck = STRUCK.matcher(source);
    while (struck.find()) {
      for (int i = 1; i <= 2; i++) {
        TextSpan mark = new TextSpan(struck.start(i), struck.end(i));
        text.hide(mark.start(), mark.end());
      }
    }
  }
}
