package dev.ragline.embedding.openai;

import com.openai.errors.OpenAIServiceException;
import dev.ragline.document.RagException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells refusals because of size from all others; each server has its own status and words. */
final class TooLarge {
  private static final int CONTENT_TOO_LARGE = 413;

  /** Bad request, unprocessable content, and llama.cpp's internal error. */
  private static final Pattern STATUSES = Pattern.compile("400|422|500");

  private static final Pattern WORDS =
      Pattern.compile(
          "batch ?_?size|too (large|many|long|big)|at most|maximum|max_|exceed|longer than"
              + "|larger than|less than or equal|context (length|size|window)|token limit");

  private TooLarge() {}

  /** Whether a request with less in it may be accepted. */
  static boolean is(RagException failure) {
    if (!(failure.getCause() instanceof OpenAIServiceException answer)) {
      return false;
    }
    int status = answer.statusCode();
    return status == CONTENT_TOO_LARGE
        || (STATUSES.matcher(Integer.toString(status)).matches()
            && WORDS.matcher(String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT)).find());
  }
}
