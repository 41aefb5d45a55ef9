package dev.ragline.server.grpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A list that is read page by page (AIP-158). A page ends when it has as many items as were asked
 * for, or as many bytes as go into a message. Its token is the key of the last item sent, so that
 * pages survive changes of what is listed, and says of which list it is: no other takes it.
 */
final class Listing {
  private static final int DEFAULT_SIZE = 100;
  private static final int MAX_SIZE = 1000;

  /** Bytes of a page's items, unless one alone has more: clients usually take 4 MiB. */
  private static final int MAX_BYTES = 3 << 20;

  /** Four thirds of the longest key, which is a document's id, and what goes before it. */
  private static final int MAX_TOKEN_CHARS = 1024;

  private static final byte FORMAT = 1;
  private static final int MARK_BYTES = 16;
  private static final int KEY_START = 1 + 2 * MARK_BYTES;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final byte[] list;
  private final byte[] version;
  private final Supplier<RagException> otherVersion;

  /**
   * A page.
   *
   * @param nextToken asks for the next one; empty at the end of the list
   */
  record Page<M>(List<M> items, String nextToken) {
    Page {
      items = List.copyOf(items);
    }
  }

  private Listing(byte[] list, byte[] version, Supplier<RagException> otherVersion) {
    this.list = list;
    this.version = version;
    this.otherVersion = otherVersion;
  }

  /** The list of this name, such as {@code corpora/faq/documents}. */
  static Listing of(String name) {
    return new Listing(mark(name), new byte[MARK_BYTES], () -> refusal("is of another list"));
  }

  /**
   * The same list of something that is replaced as a whole: pages of two versions do not go
   * together.
   *
   * @param replaced what callers get who ask for the rest of another version
   */
  Listing inVersion(String name, Supplier<RagException> replaced) {
    return new Listing(list, mark(name), replaced);
  }

  private static byte[] mark(String name) {
    byte[] digest = HexFormat.of().parseHex(Sha256.of(name).hex());
    return Arrays.copyOf(digest, MARK_BYTES);
  }

  /** Items to return for a requested page size. */
  static int size(int requested) {
    return requested == 0 ? DEFAULT_SIZE : Math.min(requested, MAX_SIZE);
  }

  /**
   * The key in a token, read by {@code parse}; nothing for an empty token.
   *
   * @throws RagException INVALID_ARGUMENT for a token that is none of this list, and what {@link
   *     #inVersion} says for one of another version
   */
  <K> Optional<K> after(String token, Function<String, K> parse) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = decode(token);
    if (!Arrays.equals(list, Arrays.copyOfRange(bytes, 1, 1 + MARK_BYTES))) {
      throw refusal("is of another list");
    }
    if (!Arrays.equals(version, Arrays.copyOfRange(bytes, 1 + MARK_BYTES, KEY_START))) {
      throw otherVersion.get();
    }
    String key = new String(bytes, KEY_START, bytes.length - KEY_START, StandardCharsets.UTF_8);
    try {
      return Optional.of(parse.apply(key));
    } catch (IllegalArgumentException | RagException e) {
      throw refusal("was not given by this server");
    }
  }

  private static byte[] decode(String token) {
    try {
      byte[] bytes =
          token.length() <= MAX_TOKEN_CHARS ? Base64.getUrlDecoder().decode(token) : new byte[0];
      if (bytes.length > KEY_START && bytes[0] == FORMAT) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // the same as any other that is none
    }
    throw refusal("was not given by this server");
  }

  private static RagException refusal(String why) {
    return RagException.invalid("page_token", why);
  }

  /** The token that asks for what comes after the item with this key. */
  String token(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    ByteBuffer token = ByteBuffer.allocate(KEY_START + bytes.length);
    token.put(FORMAT).put(list).put(version).put(bytes);
    return ENCODER.encodeToString(token.array());
  }

  /** Gives more items: at most {@code limit} of those after {@code last}. */
  @FunctionalInterface
  interface Source<T> {
    List<T> next(Optional<T> last, int limit);
  }

  /**
   * The page of items that come all at once.
   *
   * @param items at most {@code size}; fewer where there are no more
   */
  <T, M extends Message> Page<M> page(
      List<T> items, int size, Function<T, M> message, Function<T, String> key) {
    Source<T> source = (last, limit) -> last.isPresent() ? List.of() : items;
    return page(source, size, size, message, key);
  }

  /**
   * The page of items that are large, so that only some are held at the same time.
   *
   * @param step how many are asked of the source at once
   */
  <T, M extends Message> Page<M> page(
      Source<T> source, int size, int step, Function<T, M> message, Function<T, String> key) {
    List<M> page = new ArrayList<>();
    Optional<T> last = Optional.empty();
    long bytes = 0;
    while (page.size() < size) {
      int limit = Math.min(step, size - page.size());
      List<T> items = source.next(last, limit);
      for (T item : items) {
        M next = message.apply(item);
        bytes += CodedOutputStream.computeMessageSize(1, next);
        if (bytes > MAX_BYTES && last.isPresent()) {
          return new Page<>(page, token(key.apply(last.get())));
        }
        page.add(next);
        last = Optional.of(item);
      }
      if (items.size() < limit) {
        return new Page<>(page, "");
      }
    }
    return new Page<>(page, token(key.apply(last.orElseThrow())));
  }
}
