package dev.ragline.generation.openai;

import dev.ragline.generation.ChatOutcome.Finish;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What servers, and the services that gateways stand before, call the end of a text. */
final class FinishReasons {
  private FinishReasons() {}

  /** What a reason means, in whatever case; null for one that is not known. */
  static @Nullable Finish of(String reason) {
    return switch (reason.strip().toLowerCase(Locale.ROOT).replace('-', '_')) {
      case "stop",
          "eos",
          "eos_token",
          "stop_sequence",
          "stop_token",
          "end_turn",
          "end",
          "complete",
          "completed" ->
          Finish.STOP;
      case "length",
          "limit",
          "max_length",
          "max_tokens",
          "max_output_tokens",
          "model_length",
          "model_context_window_exceeded" ->
          Finish.LENGTH;
      case "content_filter",
          "content_filtered",
          "refusal",
          "safety",
          "recitation",
          "blocklist",
          "prohibited_content",
          "spii" ->
          Finish.CONTENT_FILTER;
      default -> null;
    };
  }

  /** Whether the model wants a tool run before it goes on. */
  static boolean isTool(String reason) {
    return switch (reason.strip().toLowerCase(Locale.ROOT)) {
      case "tool_calls", "tool_call", "tool_use", "function_call" -> true;
      default -> false;
    };
  }
}
