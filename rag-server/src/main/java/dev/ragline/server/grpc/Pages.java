package dev.ragline.server.grpc;

import dev.ragline.document.RagException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Pagination (AIP-158): a token is the key of the last item sent, so pages survive any change. */
final class Pages {
  private static final int DEFAULT_SIZE = 100;
  private static final int MAX_SIZE = 1000;

  private Pages() {}

  /** Items to return for a requested page size. */
  static int size(int requested) {
    return requested == 0 ? DEFAULT_SIZE : Math.min(requested, MAX_SIZE);
  }

  /** The token that asks for what comes after {@code last}; empty when the page is not full. */
  static <T> String nextToken(List<T> page, int size, Function<T, String> key) {
    return page.size() < size ? "" : encode(key.apply(page.getLast()));
  }

  private static String encode(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /** The key in a token, read by {@code parse}; nothing for an empty token. */
  static <K> Optional<K> after(String token, Function<String, K> parse) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    try {
      String key = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return Optional.of(parse.apply(key));
    } catch (IllegalArgumentException | RagException e) {
      throw RagException.invalid("page_token", "was not given by this server");
    }
  }
}
