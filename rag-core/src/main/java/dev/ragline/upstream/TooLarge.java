package dev.ragline.upstream;

import dev.ragline.document.RagException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells refusals because of size from all others; each server has its own status and words. */
final class TooLarge {
  private static final String CONTENT_TOO_LARGE = "413";

  /** Bad request, unprocessable content, and llama.cpp's internal error. */
  private static final Pattern STATUSES = Pattern.compile("400|422|500");

  private static final Pattern STATUS = Pattern.compile("\\(HTTP (\\d{3})\\)");

  private static final Pattern WORDS =
      Pattern.compile(
          "batch ?_?size|too (large|many|long|big)|at most|maximum|max_|exceed|longer than"
              + "|larger than|less than or equal|context (length|size|window)|token limit"
              + "|must have less than");

  private TooLarge() {}

  /** Whether a request with less in it may be accepted. */
  static boolean is(RagException failure) {
    String message = String.valueOf(failure.getMessage());
    Matcher status = STATUS.matcher(message);
    if (!status.find()) {
      return false;
    }
    return status.group(1).equals(CONTENT_TOO_LARGE)
        || (STATUSES.matcher(status.group(1)).matches() && isSaidIn(message));
  }

  /** Whether words are about size. */
  static boolean isSaidIn(String words) {
    return WORDS.matcher(words.toLowerCase(Locale.ROOT)).find();
  }
}
