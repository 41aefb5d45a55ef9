package dev.ragline.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The scripts of {@code /chat/completions}, by name; a three-digit name is that HTTP status. */
final class ChatScript {
  /** What the scripted model calls itself. */
  static final String MODEL = "scripted-1";

  private static final Pattern FIRST_SOURCE = Pattern.compile("\\[1\\]\\s*([^\\[]{1,200})");

  private final Settings settings;
  private final RawReply reply;

  ChatScript(Settings settings, RawReply reply) {
    this.settings = settings;
    this.reply = reply;
  }

  void play(String script, JsonNode request) throws IOException, InterruptedException {
    switch (script) {
      case "ok" -> answer(settings.answer(), "stop");
      case "stubborn" -> stubborn(request);
      case "lines" -> answer(settings.nextLine(), "stop");
      case "echo-context" -> answer(echo(request), "stop");
      case "obedient" -> answer(request.toString(), "stop");
      case "length", "tool_calls", "abort" -> answer(settings.answer(), script);
      case "content-filter" -> answer(settings.answer(), "content_filter");
      case "gated" -> gated();
      case "no-finish" -> answer(settings.answer(), null);
      case "no-usage" -> withoutUsage();
      case "empty-choices" -> emptyChoices();
      case "reasoning" -> reasoning();
      case "think" -> think();
      case "content-parts" -> contentParts();
      case "comments" -> comments();
      case "crlf" -> framed("\r\n", "\r\n\r\n");
      case "no-last-blank" -> framed("\n", "\n");
      case "done-twice" -> doneTwice();
      case "error-after-finish" -> errorAfterFinish();
      case "endless" -> endless("content");
      case "endless-thoughts" -> endless("reasoning_content");
      case "endless-refusal" -> endlessRefusal();
      case "drip" -> drip();
      case "giant-line" -> giantLine();
      case "cut-mid-token" -> cutMidToken();
      case "no-event" -> noEvent();
      case "split-utf8" -> splitUtf8();
      case "hold-after-done" -> holdAfterDone();
      case "flood" -> flood();
      case "cut-before-headers" -> reply.finish();
      case "stall-before-headers" -> reply.stall();
      case "cut" -> begin();
      case "stall-mid-stream" -> {
        begin();
        reply.stall();
      }
      case "error-event" -> errorEvent();
      case "garbage" -> garbage();
      case "json" -> whole("application/json", "{\"object\":\"chat.completion\",\"choices\":[]}");
      case "html" -> whole("text/html", "<html><body>Welcome</body></html>");
      default -> whole("text/plain", "there is no script " + script);
    }
  }

  private void answer(String text, @Nullable String finish) throws IOException {
    reply.startStream("text/event-stream");
    for (String word : text.split("(?<=\\s)", -1)) {
      event(chunk(word, null));
    }
    end(finish);
  }

  private void end(@Nullable String finish) throws IOException {
    if (finish != null) {
      event(chunk("", finish));
      event(usage());
      data("[DONE]");
    }
    reply.endStream();
  }

  /** Starts an answer and says two words. */
  private void begin() throws IOException {
    reply.startStream("text/event-stream");
    event(chunk("Half ", null));
    event(chunk("an ", null));
  }

  /** Refuses one after the other what not all endpoints and templates take. */
  private void stubborn(JsonNode request) throws IOException {
    if (request.has("stream_options")) {
      refuse(400, "Unrecognized request argument supplied: stream_options");
    } else if (request.at("/messages/0/role").asText().equals("system")) {
      refuse(500, "Jinja Exception: System role not supported");
    } else if (request.has("max_tokens")) {
      refuse(400, "'max_tokens' is not supported with this model. Use 'max_completion_tokens'");
    } else {
      answer(settings.answer(), "stop");
    }
  }

  private void refuse(int status, String message) throws IOException {
    ObjectNode body = RawRequest.JSON.createObjectNode();
    body.putObject("error").put("message", message);
    reply.status(status, Map.of("Content-Type", List.of("application/json")), body.toString());
  }

  private void gated() throws IOException, InterruptedException {
    Semaphore gate = settings.gate();
    String[] words = settings.answer().split("(?<=\\s)", 2);
    reply.startStream("text/event-stream");
    event(chunk(words[0], null));
    gate.acquire();
    if (words.length > 1) {
      event(chunk(words[1], null));
    }
    end("stop");
  }

  private void withoutUsage() throws IOException {
    reply.startStream("text/event-stream");
    event(chunk(settings.answer(), null));
    event(chunk("", "stop"));
    data("[DONE]");
    reply.endStream();
  }

  private void emptyChoices() throws IOException {
    reply.startStream("text/event-stream");
    ObjectNode empty = chunk("", null);
    empty.putArray("choices");
    event(empty);
    ObjectNode bare = RawRequest.JSON.createObjectNode();
    bare.put("object", "chat.completion.chunk");
    event(bare);
    event(chunk(settings.answer(), null));
    event(empty);
    end("stop");
  }

  private void reasoning() throws IOException {
    reply.startStream("text/event-stream");
    ObjectNode thought = chunk("", null);
    ObjectNode delta = (ObjectNode) thought.at("/choices/0/delta");
    delta.remove("content");
    delta.put("reasoning_content", "Let me think.");
    event(thought);
    event(chunk(settings.answer(), null));
    end("stop");
  }

  /** Thinks aloud where others keep it to themselves, and tells what it cost. */
  private void think() throws IOException {
    reply.startStream("text/event-stream");
    for (String piece : List.of("<th", "ink>\nIt says [1], hm. </thi", "nk>\n\n")) {
      event(chunk(piece, null));
    }
    event(chunk(settings.answer(), null));
    event(chunk("", "stop"));
    ObjectNode usage = usage();
    ((ObjectNode) usage.path("usage"))
        .putObject("completion_tokens_details")
        .put("reasoning_tokens", 3);
    event(usage);
    data("[DONE]");
    reply.endStream();
  }

  /** As Mistral's models that think. */
  private void contentParts() throws IOException {
    reply.startStream("text/event-stream");
    ObjectNode event = chunk("", null);
    ArrayNode parts = ((ObjectNode) event.at("/choices/0/delta")).putArray("content");
    ObjectNode thought = parts.addObject().put("type", "thinking");
    thought.putArray("thinking").addObject().put("type", "text").put("text", "Let me think.");
    parts.addObject().put("type", "text").put("text", settings.answer());
    event(event);
    end("stop");
  }

  private void comments() throws IOException {
    reply.startStream("text/event-stream");
    reply.chunk(": PROCESSING\n\n".getBytes(StandardCharsets.UTF_8));
    event(chunk(settings.answer(), null));
    reply.chunk(": PROCESSING\n\n".getBytes(StandardCharsets.UTF_8));
    end("stop");
  }

  /** The last event ends without what ends the others. */
  private void framed(String line, String last) throws IOException {
    reply.startStream("text/event-stream");
    String text = "data: " + chunk(settings.answer(), null) + line + line;
    String finish = "data: " + chunk("", "stop") + line + line;
    String usage = "data: " + usage() + last;
    boolean whole = last.length() > line.length();
    String all = text + (whole ? finish + usage : "data: " + chunk("", "stop") + last);
    reply.chunk(all.getBytes(StandardCharsets.UTF_8));
    reply.endStream();
  }

  private void doneTwice() throws IOException {
    reply.startStream("text/event-stream");
    event(chunk(settings.answer(), null));
    event(chunk("", "stop"));
    event(usage());
    data("[DONE]");
    data("[DONE]");
    reply.endStream();
  }

  private void errorAfterFinish() throws IOException {
    reply.startStream("text/event-stream");
    event(chunk(settings.answer(), null));
    event(chunk("", "stop"));
    data(settings.failureBody());
    reply.endStream();
  }

  /** Goes on until the client has gone. */
  private void endless(String field) throws IOException {
    reply.startStream("text/event-stream");
    ObjectNode event = chunk("", null);
    ObjectNode delta = (ObjectNode) event.at("/choices/0/delta");
    delta.remove("content");
    delta.put(field, "more and ");
    while (!reply.isClientGone()) {
      event(event);
    }
  }

  private void endlessRefusal() throws IOException {
    reply.startStream(500, "application/json");
    byte[] nothing = " ".repeat(4096).getBytes(StandardCharsets.US_ASCII);
    while (!reply.isClientGone()) {
      reply.chunk(nothing);
    }
  }

  /** A byte now and then, a line never. */
  private void drip() throws IOException, InterruptedException {
    reply.startStream("text/event-stream");
    while (!reply.isClientGone()) {
      reply.chunk(new byte[] {'x'});
      reply.awaitClient(100);
    }
  }

  private void giantLine() throws IOException {
    reply.startStream("text/event-stream");
    reply.chunk("data: ".getBytes(StandardCharsets.US_ASCII));
    byte[] part = "x".repeat(64 << 10).getBytes(StandardCharsets.US_ASCII);
    for (int sent = 0; sent < 64 << 20 && !reply.isClientGone(); sent += part.length) {
      reply.chunk(part);
    }
    data("[DONE]");
    reply.endStream();
  }

  private void cutMidToken() throws IOException {
    begin();
    reply.chunk(
        "data: {\"choices\":[{\"delta\":{\"content\":\"ans".getBytes(StandardCharsets.UTF_8));
  }

  private void noEvent() throws IOException {
    reply.startStream("text/event-stream");
    reply.endStream();
  }

  /** Each byte travels alone, so that every character beyond ASCII is torn apart. */
  private void splitUtf8() throws IOException {
    reply.startStream("text/event-stream");
    byte[] bytes =
        ("data: " + chunk(settings.answer(), null) + "\n\n").getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      reply.chunk(new byte[] {b});
    }
    end("stop");
  }

  private void holdAfterDone() throws IOException, InterruptedException {
    reply.startStream("text/event-stream");
    event(chunk(settings.answer(), null));
    event(chunk("", "stop"));
    event(usage());
    data("[DONE]");
    reply.stall();
  }

  private void flood() throws IOException {
    reply.startStream("text/event-stream");
    Flood flood = settings.flood();
    byte[] event =
        ("data: " + chunk("x".repeat(16 << 10), null) + "\n\n").getBytes(StandardCharsets.UTF_8);
    do {
      reply.chunk(event);
    } while (flood.wrote(event.length));
    end("stop");
  }

  private void errorEvent() throws IOException {
    begin();
    data(settings.failureBody());
    reply.endStream();
  }

  private void garbage() throws IOException {
    begin();
    data("{\"choices\": [{\"delta\": oops");
    data("[DONE]");
    reply.endStream();
  }

  private void whole(String contentType, String body) throws IOException {
    reply.status(200, Map.of("Content-Type", List.of(contentType)), body);
  }

  private void event(ObjectNode event) throws IOException {
    data(event.toString());
  }

  private void data(String data) throws IOException {
    reply.chunk(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode chunk(String content, @Nullable String finish) {
    ObjectNode chunk = RawRequest.JSON.createObjectNode();
    chunk.put("id", "c-1").put("object", "chat.completion.chunk").put("created", 1);
    chunk.put("model", MODEL);
    ObjectNode choice = chunk.putArray("choices").addObject();
    choice.put("index", 0).put("finish_reason", finish);
    choice.putObject("delta").put("content", content);
    return chunk;
  }

  private static ObjectNode usage() {
    ObjectNode usage = chunk("", null);
    usage.putArray("choices");
    usage
        .putObject("usage")
        .put("prompt_tokens", 11)
        .put("completion_tokens", 5)
        .put("total_tokens", 16);
    return usage;
  }

  /** The beginning of what the prompt says of its first source, cited. */
  private static String echo(JsonNode request) {
    StringBuilder prompt = new StringBuilder();
    request.path("messages").forEach(message -> prompt.append(message.path("content").asText()));
    Matcher source = FIRST_SOURCE.matcher(prompt);
    return source.find() ? source.group(1).strip() + " [1]." : "There is no source.";
  }
}
