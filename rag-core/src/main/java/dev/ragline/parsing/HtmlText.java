package dev.ragline.parsing;

/** What remains of HTML without its tags and comments; character references stay as they are. */
final class HtmlText {
  private HtmlText() {}

  /** An unfinished tag or comment hides nothing: it stays, with all that follows. */
  static String of(String html) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    int tag = html.indexOf('<');
    while (tag >= 0) {
      int end = markupEnd(html, tag);
      if (end < 0) {
        break;
      }
      text.append(html, at, end == tag ? tag + 1 : tag);
      at = Math.max(end, tag + 1);
      tag = html.indexOf('<', at);
    }
    return text.append(html, at, html.length()).toString();
  }

  /** The end of the markup at {@code tag}; {@code tag} when it is none, -1 when it never ends. */
  private static int markupEnd(String html, int tag) {
    if (html.startsWith("<!--", tag)) {
      int end = html.indexOf("-->", tag + 2);
      return end < 0 ? -1 : end + 3;
    }
    if (tag + 1 == html.length() || !beginsTag(html.charAt(tag + 1))) {
      return tag;
    }
    int end = html.indexOf('>', tag);
    return end < 0 ? -1 : end + 1;
  }

  private static boolean beginsTag(char c) {
    return Character.isLetter(c) || c == '/' || c == '!' || c == '?';
  }
}
