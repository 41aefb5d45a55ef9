package dev.ragline.parsing;

import dev.ragline.document.reading.TextSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds headings that are written as HTML elements, as {@code <h2 id="ports">Ports</h2>}. */
final class HtmlHeadings {
  /** A comment's beginning, or a tag of an element that is a heading or hides headings. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "<!--|<(/?)(?:h([1-6])|(pre|script|style|textarea|template))(?=[\\s/>])[^<>]*+>",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern COMMENT_END = Pattern.compile("-->");

  private HtmlHeadings() {}

  /**
   * A heading in its place.
   *
   * @param span the element, tags included
   * @param level 1 to 6
   */
  record Found(TextSpan span, int level) {}

  /** The headings in a piece of HTML, in their order. */
  static List<Found> in(String text, TextSpan html) {
    String part = html.of(text);
    List<Found> headings = new ArrayList<>();
    Matcher token = TOKEN.matcher(part);
    int open = -1;
    int level = 0;
    int at = 0;
    while (at < part.length() && token.find(at)) {
      boolean begins = token.group(1) == null || token.group(1).isEmpty();
      if (token.group(2) == null) {
        at = begins ? behindHidden(part, token) : token.end();
        continue;
      }
      at = token.end();
      int its = token.group(2).charAt(0) - '0';
      if (begins) {
        open = token.start();
        level = its;
      } else if (open >= 0 && level == its) {
        TextSpan span = new TextSpan(html.start() + open, html.start() + at);
        headings.add(new Found(span, level));
        open = -1;
      }
    }
    return headings;
  }

  /** Behind a comment, or an element that hides headings; behind all where it has no end. */
  private static int behindHidden(String part, Matcher token) {
    String element = token.group(3);
    Pattern last =
        element == null
            ? COMMENT_END
            : Pattern.compile("</" + element + "\\s*+>", Pattern.CASE_INSENSITIVE);
    Matcher end = last.matcher(part);
    return end.find(token.end()) ? end.end() : part.length();
  }
}
