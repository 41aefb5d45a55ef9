package dev.ragline.generation.openai;

import com.openai.core.http.Headers;
import com.openai.core.http.HttpResponse;
import java.io.InputStream;
import java.util.Locale;

/**
 * The body of an answer, and what its head says of it.
 *
 * @param type its media type in lower case; empty where it is not told
 * @param delimited whether its end can be told from the connection's
 */
record ReplyBody(InputStream in, String type, boolean delimited) {
  static ReplyBody of(HttpResponse response) {
    Headers headers = response.headers();
    boolean delimited =
        !first(headers, "Transfer-Encoding").isEmpty()
            || !first(headers, "Content-Length").isEmpty();
    return new ReplyBody(
        response.body(), first(headers, "Content-Type").toLowerCase(Locale.ROOT), delimited);
  }

  private static String first(Headers headers, String name) {
    return headers.values(name).stream().findFirst().orElse("");
  }

  /** Whether it is a page for people. */
  boolean isPage() {
    return type.startsWith("text/html");
  }

  /** Whether it is one value and no stream. */
  boolean isJson() {
    return type.startsWith("application/json");
  }
}
