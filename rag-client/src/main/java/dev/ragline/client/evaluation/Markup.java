package dev.ragline.client.evaluation;

import dev.ragline.v1.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** HTML and SVG as text. */
final class Markup {
  /** Colours that people with any colour vision tell apart (Okabe and Ito). */
  private static final String[] COLOURS = {
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#8f7f00", "#777777"
  };

  private Markup() {}

  /** Any text, as it can stand in an element or an attribute. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isUnsafe(c) ? 0xFFFD : c);
              }
            });
    return escaped.toString();
  }

  private static boolean isUnsafe(int codePoint) {
    return Character.isISOControl(codePoint) && !Character.isWhitespace(codePoint);
  }

  /** The colour of the configuration of that number. */
  static String colour(int configuration) {
    return COLOURS[configuration % COLOURS.length];
  }

  /** A number with as many decimals, whatever the locale. */
  static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** The heads of a table's columns of figures. */
  static String headers(List<Figure> figures) {
    return figures.stream()
        .map(figure -> "<th>" + figure.label() + "</th>")
        .collect(Collectors.joining());
  }

  /** Between which values a figure lies. */
  static String interval(Estimate estimate) {
    return "<small>%s to %s</small>"
        .formatted(number(estimate.getLow(), 3), number(estimate.getHigh(), 3));
  }

  static String svg(String what, int width, int height, String content) {
    return """
    <svg viewBox="0 0 %d %d" role="img" aria-label="%s">
    %s</svg>
    """
        .formatted(width, height, escape(what), content);
  }

  static String rectangle(
      double x, double y, double width, double height, String colour, String tip) {
    return """
    <rect x="%s" y="%s" width="%s" height="%s" fill="%s"><title>%s</title></rect>
    """
        .formatted(
            number(x, 1), number(y, 1), number(width, 1), number(height, 1), colour, escape(tip));
  }

  static String line(double x1, double y1, double x2, double y2, String type) {
    return """
    <line x1="%s" y1="%s" x2="%s" y2="%s" class="%s"/>
    """
        .formatted(number(x1, 1), number(y1, 1), number(x2, 1), number(y2, 1), type);
  }

  /**
   * @param anchor {@code start}, {@code middle} or {@code end}
   */
  static String text(double x, double y, String anchor, String text) {
    return """
    <text x="%s" y="%s" text-anchor="%s">%s</text>
    """
        .formatted(number(x, 1), number(y, 1), anchor, escape(text));
  }
}
