package dev.ragline.parsing;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shortcodes of Hugo, {@code {{< name … >}}} and {@code {{% name … %}}}: a reader sees none of
 * them, but for the parameters that are shown, such as a link's text.
 */
final class Shortcodes {
  /** Chars of one; whatever is longer is text. */
  private static final int LONGEST = 2000;

  private static final int INDENT_OF_CODE = 4;

  private static final Pattern SHORTCODE =
      Pattern.compile(
          "\\{\\{[<%]\\s*+(?<close>/?)\\s*+(?<name>[\\w./-]++)"
              + "(?<parameters>(?:[^\"`>%]|\"[^\"]*+\"|`[^`]*+`|[>%](?!\\}\\}))*+)[>%]\\}\\}");

  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?:(?<key>[\\w-]++)\\s*+=\\s*+)?(?:\"(?<quoted>[^\"]*+)\"|`(?<raw>[^`]*+)`"
              + "|(?<bare>[^\\s\"`=>%]++))");

  /** Parameters that a page shows. */
  private static final Set<String> SHOWN =
      Set.of(
          "text",
          "title",
          "caption",
          "alt",
          "label",
          "summary",
          "prepend",
          "state",
          "for_k8s_version",
          "name");

  /** What a reference to a term shows when it has no text of its own. */
  private static final String TERM = "term_id";

  private final MaskedText text;

  private Shortcodes(MaskedText text) {
    this.text = text;
  }

  static void mask(MaskedText text) {
    new Shortcodes(text).run();
  }

  private void run() {
    String source = text.source();
    Matcher shortcode = SHORTCODE.matcher(source);
    int at = source.indexOf("{{");
    while (at >= 0) {
      shortcode.region(at, Math.min(source.length(), at + LONGEST));
      int end = at + 2;
      if (shortcode.lookingAt()) {
        end = shortcode.end();
        boolean shows = mask(shortcode);
        if (!shows && isAlone(at, end)) {
          text.blank(at, end);
        }
      }
      at = source.indexOf("{{", end);
    }
  }

  /** Hides all but what is shown; returns whether anything is. */
  private boolean mask(Matcher shortcode) {
    text.hide(shortcode.start(), shortcode.end());
    if (!shortcode.group("close").isEmpty()) {
      return false;
    }
    int shown = show(shortcode, SHOWN);
    if (shown < 0 && shortcode.group("name").endsWith("tooltip")) {
      shown = show(shortcode, Set.of(TERM));
    }
    return shown >= 0;
  }

  /**
   * Uncovers some parameters, a blank between two.
   *
   * @return the end of the last one, -1 for none
   */
  private int show(Matcher shortcode, Set<String> keys) {
    boolean heading = shortcode.group("name").equals("heading");
    Matcher parameter = PARAMETER.matcher(text.source());
    parameter.region(shortcode.start("parameters"), shortcode.end("parameters"));
    int last = -1;
    while (parameter.find()) {
      String key = parameter.group("key");
      if (key == null ? heading : keys.contains(key)) {
        String value = value(parameter);
        int start = parameter.start(value);
        int end = parameter.end(value);
        if (last >= 0) {
          text.put(last, " ");
        }
        text.put(start, text.source().substring(start, end));
        last = start < end ? end : last;
      }
    }
    return last;
  }

  private static String value(Matcher parameter) {
    if (parameter.group("quoted") != null) {
      return "quoted";
    }
    return parameter.group("raw") != null ? "raw" : "bare";
  }

  /** Whether nothing else stands on its lines, which are none of indented code. */
  private boolean isAlone(int start, int end) {
    String source = text.source();
    int before = start;
    while (before > 0 && (source.charAt(before - 1) == ' ' || source.charAt(before - 1) == '\t')) {
      before--;
    }
    int after = end;
    while (after < source.length()
        && (source.charAt(after) == ' ' || source.charAt(after) == '\t')) {
      after++;
    }
    return start - before < INDENT_OF_CODE
        && (before == 0 || endsLine(source.charAt(before - 1)))
        && (after == source.length() || endsLine(source.charAt(after)));
  }

  private static boolean endsLine(char c) {
    return c == '\n' || c == '\r';
  }
}
