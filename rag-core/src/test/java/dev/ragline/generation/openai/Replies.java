package dev.ragline.generation.openai;

import dev.ragline.call.Call;
import dev.ragline.generation.ChatOptions;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.upstream.OpenAiFailures;
import dev.ragline.upstream.Service;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Bodies of answers, and reading them without a server. */
final class Replies {
  static final String DONE = "data: [DONE]\n\n";
  static final String FINISH = event(chunk("{}", "stop"));
  static final String USAGE =
      event("{\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":3}}");

  private Replies() {}

  static String event(String data) {
    return "data: " + data + "\n\n";
  }

  static String chunk(String delta, @Nullable String finish) {
    return "{\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}"
        .formatted(delta, finish == null ? "null" : "\"" + finish + "\"");
  }

  static String said(String text) {
    return event(chunk("{\"content\":\"" + text + "\"}", null));
  }

  /** A piece of those that say in each that they have finished. */
  static String saidWithFinish(String text) {
    String chunk = chunk("{\"content\":\"" + text + "\"}", "stop");
    return event(
        chunk.substring(0, chunk.length() - 1)
            + ",\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":3}}");
  }

  static ReplyBody stream(String body) {
    return new ReplyBody(in(body), "text/event-stream", true);
  }

  /** One whose connection ends with it, wherever it ends. */
  static ReplyBody undelimited(String body) {
    return new ReplyBody(in(body), "text/event-stream", false);
  }

  static ReplyBody json(String body) {
    return new ReplyBody(in(body), "application/json", true);
  }

  /** One whose connection breaks behind {@code body}. */
  static ReplyBody broken(byte[] body) {
    InputStream end =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Connection reset");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        };
    return new ReplyBody(
        new SequenceInputStream(new ByteArrayInputStream(body), end), "text/event-stream", true);
  }

  static ReplyBody broken(String body) {
    return broken(body.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream in(String body) {
    return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
  }

  static ChatOutcome read(ChatApi api, ReplyBody body, int maxTokens, Consumer<String> text) {
    return read(api, body, maxTokens, new AtomicBoolean(), text);
  }

  static ChatOutcome read(
      ChatApi api, ReplyBody body, int maxTokens, AtomicBoolean unopened, Consumer<String> text) {
    ChatModelConfig config = ChatModelConfig.resolve("http://host/v1", "m", null, api, Map.of());
    OpenAiFailures failures = new OpenAiFailures(Service.LLM, config.endpoint(), "m");
    ChatOptions options = new ChatOptions(null, null, null, maxTokens, List.of(), null);
    return new ReplyReader(body, config, failures, Call.UNLIMITED, unopened)
        .read(Protocol.of(config).reply(options, failures), text);
  }
}
