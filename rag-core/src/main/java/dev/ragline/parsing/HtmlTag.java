package dev.ragline.parsing;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tag of an element that HTML knows. What stands in angle brackets and is none, such as {@code
 * <user>} or {@code List<String>}, is text.
 *
 * @param name in small letters
 * @param closing whether it ends the element
 * @param attributes whether it has any with a value; {@code a<b and c>d} has none
 * @param end where it ends in the text
 */
record HtmlTag(String name, boolean closing, boolean attributes, int start, int end) {
  /** As CommonMark has it, 6.6. */
  private static final Pattern TAG =
      Pattern.compile(
          "<(?<close>/?)(?<name>[A-Za-z][A-Za-z0-9-]*+)"
              + "(?<attributes>(?:\\s++[^\\s\"'>/=<`]++(?:\\s*+=\\s*+"
              + "(?:\"[^\"]*+\"|'[^']*+'|[^\\s\"'=<>`]++))?+)*+)\\s*+/?>");

  private static final Pattern ATTRIBUTE =
      Pattern.compile(
          "(?<name>[^\\s\"'>/=<`]++)\\s*+=\\s*+(?:\"(?<double>[^\"]*+)\"|'(?<single>[^']*+)'"
              + "|(?<bare>[^\\s\"'=<>`]++))");

  /** Those that begin and end a block of their own. */
  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "article",
          "aside",
          "blockquote",
          "body",
          "caption",
          "center",
          "dd",
          "details",
          "dialog",
          "dir",
          "div",
          "dl",
          "dt",
          "fieldset",
          "figcaption",
          "figure",
          "footer",
          "form",
          "frameset",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "head",
          "header",
          "hgroup",
          "hr",
          "html",
          "legend",
          "li",
          "main",
          "menu",
          "nav",
          "noframes",
          "ol",
          "optgroup",
          "option",
          "p",
          "pre",
          "search",
          "section",
          "summary",
          "table",
          "tbody",
          "td",
          "tfoot",
          "th",
          "thead",
          "title",
          "tr",
          "ul");

  private static final Set<String> INLINES =
      Set.of(
          "a",
          "abbr",
          "acronym",
          "area",
          "audio",
          "b",
          "base",
          "bdi",
          "bdo",
          "big",
          "br",
          "button",
          "canvas",
          "cite",
          "code",
          "col",
          "colgroup",
          "data",
          "datalist",
          "del",
          "dfn",
          "em",
          "embed",
          "font",
          "i",
          "iframe",
          "img",
          "input",
          "ins",
          "kbd",
          "label",
          "link",
          "map",
          "mark",
          "meta",
          "meter",
          "noscript",
          "object",
          "output",
          "param",
          "picture",
          "progress",
          "q",
          "rp",
          "rt",
          "ruby",
          "s",
          "samp",
          "script",
          "select",
          "slot",
          "small",
          "source",
          "span",
          "strike",
          "strong",
          "style",
          "sub",
          "sup",
          "svg",
          "template",
          "textarea",
          "time",
          "track",
          "tt",
          "u",
          "var",
          "video",
          "wbr");

  /** Those that need no end: they do what they do, or HTML ends them itself. */
  private static final Set<String> ALONE =
      Set.of("br", "hr", "wbr", "p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot");

  /** Those whose content is shown by nobody. */
  private static final Set<String> HIDING = Set.of("script", "style", "template");

  /** The tag that begins at {@code start}; null where there is none, or none of HTML. */
  static @Nullable HtmlTag at(CharSequence text, int start) {
    Matcher tag = TAG.matcher(text).region(start, text.length());
    if (!tag.lookingAt()) {
      return null;
    }
    String name = tag.group("name").toLowerCase(Locale.ROOT);
    if (!BLOCKS.contains(name) && !INLINES.contains(name)) {
      return null;
    }
    boolean attributes = tag.group("attributes").indexOf('=') >= 0;
    return new HtmlTag(name, !tag.group("close").isEmpty(), attributes, start, tag.end());
  }

  boolean isBlock() {
    return BLOCKS.contains(name);
  }

  boolean isCell() {
    return name.equals("td") || name.equals("th");
  }

  /** The level of a heading, 1…6; 0 for anything else. */
  int heading() {
    boolean is = name.length() == 2 && name.charAt(0) == 'h' && Character.isDigit(name.charAt(1));
    return is ? name.charAt(1) - '0' : 0;
  }

  boolean hides() {
    return HIDING.contains(name);
  }

  /**
   * Whether it does something without an end of its own. One that does not, such as {@code <time>}
   * in a command, is a placeholder.
   */
  boolean standsAlone() {
    return attributes || ALONE.contains(name) || (closing && isBlock());
  }

  /** Where the value of an attribute stands, start and end; null without it. */
  int @Nullable [] value(CharSequence text, String attribute) {
    Matcher each = ATTRIBUTE.matcher(text).region(start, end);
    while (each.find()) {
      if (each.group("name").equalsIgnoreCase(attribute)) {
        for (String value : new String[] {"double", "single", "bare"}) {
          if (each.group(value) != null) {
            return new int[] {each.start(value), each.end(value)};
          }
        }
      }
    }
    return null;
  }
}
