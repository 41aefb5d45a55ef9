package dev.ragline.server.doctor;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What must not be printed, whoever says it: servers repeat keys and addresses in their refusals.
 *
 * @param texts the longest first
 */
public record Hidden(List<String> texts) {
  /** Nothing that short is a secret, and it would be found in other words. */
  private static final int SHORTEST = 4;

  private static final int SHORTEST_VALUE = 8;

  public Hidden {
    texts =
        texts.stream()
            .map(String::strip)
            .filter(text -> text.length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /**
   * Keys, and the path, query and user of addresses.
   *
   * @param values each of them a key or an address, or empty
   */
  public static Hidden of(Stream<String> values) {
    List<String> texts = new ArrayList<>();
    values.forEach(
        value -> {
          if (value.contains("://")) {
            addParts(value, texts);
          } else {
            texts.add(value);
          }
        });
    return new Hidden(texts);
  }

  private static void addParts(String address, List<String> texts) {
    try {
      URI uri = URI.create(address.strip());
      Stream.of(
              uri.getRawPath(),
              uri.getPath(),
              uri.getRawQuery(),
              uri.getQuery(),
              uri.getRawUserInfo())
          .filter(part -> part != null)
          .forEach(texts::add);
      String query = uri.getRawQuery();
      if (query != null) {
        // Each value by itself, too, unless it may be a word like any other.
        Stream.of(query.split("&", -1))
            .map(parameter -> parameter.substring(parameter.indexOf('=') + 1))
            .filter(value -> value.length() >= SHORTEST_VALUE)
            .forEach(texts::add);
      }
    } catch (IllegalArgumentException e) {
      texts.add(address);
    }
  }

  /** The text without them, and without characters that command a terminal. */
  String clean(String text) {
    String clean = text;
    for (String secret : texts) {
      clean = clean.replace(secret, "[hidden]");
    }
    return clean.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "\uFFFD");
  }

  /** Tells how many, and none of them. */
  @Override
  public String toString() {
    return texts.size() + " hidden texts";
  }
}
