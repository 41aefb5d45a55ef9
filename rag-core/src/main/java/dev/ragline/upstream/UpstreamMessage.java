package dev.ragline.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a service says about its own failure, made fit for one line of our message. */
final class UpstreamMessage {
  private static final int LONGEST = 200;
  private static final int DEEPEST = 5;
  private static final int MOST_PARTS = 10;

  private UpstreamMessage() {}

  /**
   * The service's words after a colon, cut and without our key; empty where it says nothing.
   *
   * @param error what it wrote down; null for nothing
   */
  static String suffix(@Nullable JsonNode error, Endpoint endpoint) {
    String words = words(error).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (endpoint.apiKey() != null) {
      words = words.replace(endpoint.apiKey(), "[key]");
    }
    if (words.isEmpty()) {
      return "";
    }
    return ": " + (words.codePointCount(0, words.length()) <= LONGEST ? words : cut(words));
  }

  private static String cut(String words) {
    return words.substring(0, words.offsetByCodePoints(0, LONGEST)) + "…";
  }

  private static String words(@Nullable JsonNode node) {
    return node == null ? "" : words(node, DEEPEST);
  }

  /**
   * OpenAI says {@code error.message}; others an error, message or detail that is a text, an object
   * or, of FastAPI, a list of what is wrong with which field.
   */
  private static String words(JsonNode node, int deepest) {
    if (node.isTextual()) {
      return node.textValue();
    }
    if (deepest == 0 || !node.isContainerNode()) {
      return "";
    }
    if (node.isArray()) {
      return node.valueStream()
          .limit(MOST_PARTS)
          .map(part -> words(part, deepest - 1))
          .filter(words -> !words.isBlank())
          .collect(Collectors.joining("; "));
    }
    String said =
        Stream.of("message", "detail", "error", "msg")
            .map(node::path)
            .map(part -> words(part, deepest - 1))
            .filter(words -> !words.isBlank())
            .findFirst()
            .orElse(deepest < DEEPEST && !node.isEmpty() ? node.toString() : "");
    String place =
        node.path("loc").valueStream().map(JsonNode::asText).collect(Collectors.joining("."));
    return place.isEmpty() ? said : place + ": " + said;
  }
}
