package dev.ragline.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.core.JsonValue;
import com.openai.errors.OpenAIServiceException;
import java.util.stream.Stream;

/** What a service says about its own failure, made fit for one line of our message. */
final class UpstreamMessage {
  private static final int LONGEST = 200;

  private UpstreamMessage() {}

  /** The service's words after a colon, cut and without our key; empty where it says nothing. */
  static String suffix(OpenAIServiceException failure, Endpoint endpoint) {
    String words = words(failure.body()).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
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

  /** OpenAI says {@code error.message}; others an error, message or detail that is a text. */
  private static String words(JsonValue body) {
    JsonNode node = body.convert(JsonNode.class);
    if (node == null || node.isTextual()) {
      return node == null ? "" : node.textValue();
    }
    return Stream.of("message", "detail", "error")
        .map(node::path)
        .filter(JsonNode::isTextual)
        .findFirst()
        .map(JsonNode::textValue)
        .orElse("");
  }
}
