package dev.ragline.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The scripts of {@code /responses}, by the names that {@link ChatScript} gives them. */
final class ResponsesScript {
  private final Settings settings;
  private final RawReply reply;

  ResponsesScript(Settings settings, RawReply reply) {
    this.settings = settings;
    this.reply = reply;
  }

  void play(String script) throws IOException {
    reply.startStream("text/event-stream");
    event(ended("response.created", "in_progress"));
    ObjectNode thought = typed("response.reasoning_summary_text.delta");
    event(thought.put("delta", "Let me think."));
    if (script.equals("tool_calls")) {
      ObjectNode added = typed("response.output_item.added");
      added.putObject("item").put("type", "function_call");
      event(added);
    }
    for (String word : settings.answer().split("(?<=\\s)", -1)) {
      event(typed("response.output_text.delta").put("delta", word));
    }
    switch (script) {
      case "ok", "tool_calls" -> event(ended("response.completed", "completed"));
      case "length" -> event(incomplete("max_output_tokens"));
      case "content-filter" -> event(incomplete("content_filter"));
      case "odd-reason" -> event(incomplete("moon"));
      case "failed" -> {
        ObjectNode failed = ended("response.failed", "failed");
        ((ObjectNode) failed.path("response")).putObject("error").put("message", "out of luck");
        event(failed);
      }
      case "error-event" -> event(typed("error").put("code", "x").put("message", "out of luck"));
      case "no-finish" -> {}
      default -> throw new IOException("there is no script " + script);
    }
    reply.endStream();
  }

  private static ObjectNode typed(String type) {
    return RawRequest.JSON.createObjectNode().put("type", type);
  }

  private static ObjectNode ended(String type, String status) {
    ObjectNode event = typed(type);
    ObjectNode response = event.putObject("response").put("status", status);
    response.put("model", ChatScript.MODEL).putNull("error");
    response.putObject("usage").put("input_tokens", 11).put("output_tokens", 5);
    return event;
  }

  private static ObjectNode incomplete(String reason) {
    ObjectNode event = ended("response.incomplete", "incomplete");
    ((ObjectNode) event.path("response")).putObject("incomplete_details").put("reason", reason);
    return event;
  }

  private void event(ObjectNode event) throws IOException {
    String text = "event: " + event.path("type").asText() + "\ndata: " + event + "\n\n";
    reply.chunk(text.getBytes(StandardCharsets.UTF_8));
  }
}
