package dev.ragline.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a service reports in the body of an answer whose status is 200.
 *
 * @param error what holds its words
 * @param status the HTTP status that the service would have given; 0 where it does not tell
 */
record ReportedError(JsonNode error, int status) {
  private static final List<String> CODES = List.of("code", "status", "status_code", "statusCode");

  /** The failure that an event reports; null for an event that reports none. */
  static @Nullable ReportedError in(JsonNode event) {
    JsonNode error = event.path("error");
    if (isTold(error)) {
      int inside = statusOf(error);
      return new ReportedError(
          error.isBoolean() ? event : error, inside == 0 ? statusOf(event) : inside);
    }
    return isError(event) ? of(event) : null;
  }

  /** The failure that is all of {@code error}. */
  static ReportedError of(JsonNode error) {
    ReportedError inside = error.isObject() && isTold(error.path("error")) ? in(error) : null;
    return inside == null ? new ReportedError(error, statusOf(error)) : inside;
  }

  /** Some services have an empty error in every event. */
  private static boolean isTold(JsonNode error) {
    return error.isContainerNode()
        ? !error.isEmpty()
        : error.isNumber() || error.asBoolean(false) || !text(error).isBlank();
  }

  private static boolean isError(JsonNode event) {
    if (text(event.path("object")).equals("error") || text(event.path("type")).equals("error")) {
      return true;
    }
    if (event.has("choices") || event.has("response") || event.has("output")) {
      return false;
    }
    boolean hasMessage = isTold(event.path("message")) || isTold(event.path("msg"));
    return isTold(event.path("detail")) || (hasMessage && (event.size() == 1 || hasCode(event)));
  }

  private static boolean hasCode(JsonNode event) {
    return event.hasNonNull("code") || statusOf(event) != 0;
  }

  private static int statusOf(JsonNode error) {
    return Stream.concat(
            CODES.stream().map(error::path).map(ReportedError::number),
            Stream.of("code", "status", "type").map(error::path).map(ReportedError::named))
        .filter(status -> status != 0)
        .findFirst()
        .orElse(0);
  }

  private static int number(JsonNode code) {
    int status = code.isTextual() && !code.textValue().matches("\\d{3}") ? 0 : code.asInt(0);
    return status >= 400 && status < 600 ? status : 0;
  }

  /** The names that OpenAI, Anthropic, Google, vLLM and llama.cpp give their failures. */
  private static int named(JsonNode code) {
    return switch (text(code).toLowerCase(Locale.ROOT)) {
      case "invalid_api_key", "authentication_error", "unauthenticated", "unauthorized" -> 401;
      case "insufficient_quota", "billing_not_active" -> 402;
      case "permission_denied", "permission_error", "forbidden" -> 403;
      case "model_not_found", "not_found_error", "not_found", "notfounderror" -> 404;
      case "rate_limit_exceeded", "rate_limit_error", "resource_exhausted", "too_many_requests" ->
          429;
      case "invalid_request_error",
          "badrequesterror",
          "invalid_argument",
          "invalid_prompt",
          "context_length_exceeded",
          "exceed_context_size_error" ->
          400;
      case "overloaded_error", "unavailable", "service_unavailable", "unavailable_error" -> 503;
      case "server_error", "internal_server_error", "internalservererror", "internal" -> 500;
      default -> 0;
    };
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : "";
  }
}
