package dev.ragline.transform;

import java.util.regex.Pattern;

/** Text that stands between tags in a prompt, and cannot close them. */
final class Blocks {
  /** White space, and characters that cannot be seen. */
  private static final String BLANK = "[\\s\\p{Z}\\p{C}]*+";

  /** The beginning of a tag that would open or close one of the prompt's own blocks. */
  private static final Pattern TAG =
      Pattern.compile(
          "<(?=" + BLANK + "/?" + BLANK + "(?:conversation|question)\\b)",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

  private Blocks() {}

  /** The text with the brackets of such tags escaped, visibly. */
  static String inert(String text) {
    return TAG.matcher(text.strip()).replaceAll("&lt;");
  }
}
