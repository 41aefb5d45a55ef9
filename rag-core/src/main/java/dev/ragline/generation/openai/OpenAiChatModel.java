package dev.ragline.generation.openai;

import com.google.errorprone.annotations.MustBeClosed;
import com.openai.core.RequestOptions;
import com.openai.core.http.HttpResponse;
import dev.ragline.call.Call;
import dev.ragline.document.Warning;
import dev.ragline.generation.ChatModel;
import dev.ragline.generation.ChatOptions;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.openai.OpenAiConnection;
import dev.ragline.openai.OpenAiFailures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A language model behind the chat completions or the responses of an OpenAI-compatible endpoint,
 * streamed.
 *
 * <p>Call it on a virtual thread: there, an interrupt closes the connection that the thread reads
 * from, whatever it waits for. On a platform thread an interrupt is seen between two chunks only.
 * The calling thread is also the one that reads, so a consumer that blocks stops the upstream by
 * TCP's own flow control.
 */
public final class OpenAiChatModel implements ChatModel {
  private static final String STAGE = "generate";
  private static final String CANNED_CHAT =
      """
      data: {"id":"0","object":"chat.completion.chunk","created":0,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"ready"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}

      data: [DONE]

      """;
  private static final String CANNED_RESPONSE =
      """
      data: {"type":"response.output_text.delta","delta":"ready"}

      data: {"type":"response.completed","response":{"model":"m","usage":{"input_tokens":1,"output_tokens":1}}}

      """;

  private final ChatModelConfig config;
  private final OpenAiFailures failures;
  private final OpenAiConnection connection;
  private final Protocol protocol;
  private final AtomicBoolean unopened = new AtomicBoolean();

  public OpenAiChatModel(ChatModelConfig config) {
    this(config, OpenAiConnection.openForAnswers(config.endpoint()));
  }

  private OpenAiChatModel(ChatModelConfig config, OpenAiConnection connection) {
    this.config = config;
    this.failures =
        new OpenAiFailures("LLM", "the language model", STAGE, config.endpoint(), config.model());
    this.connection = connection;
    this.protocol = Protocol.of(config);
  }

  @Override
  public String name() {
    return config.endpoint().name() + "/" + config.model();
  }

  /**
   * Loads the client's classes, which costs the first call 1 to 3 seconds, by a chat that is
   * answered in this process. Opens no connection.
   */
  public void warmUp() {
    String canned = config.api() == ChatApi.CHAT ? CANNED_CHAT : CANNED_RESPONSE;
    try (var rehearsal =
        new OpenAiChatModel(
            config, OpenAiConnection.canned(config.endpoint(), "text/event-stream", canned))) {
      rehearsal.chat(new ChatPrompt("warm", "up"), Call.within(Duration.ofMinutes(1)), text -> {});
    }
  }

  @Override
  public ChatOutcome chat(ChatPrompt prompt, Call call, Consumer<String> text) {
    call.check(STAGE);
    String asked = prompt.options().model();
    OpenAiFailures failures = asked == null ? this.failures : this.failures.asking(asked);
    Protocol.Reply reply = protocol.reply(prompt.options(), failures);
    try (HttpResponse response = send(prompt, failures, call)) {
      ReplyReader reader =
          new ReplyReader(ReplyBody.of(response), config, failures, call, unopened);
      return withWarnings(reader.read(reply, text), prompt.options());
    }
  }

  private ChatOutcome withWarnings(ChatOutcome outcome, ChatOptions options) {
    List<String> ignored = protocol.ignored(options);
    if (ignored.isEmpty()) {
      return outcome;
    }
    String message =
        "the API %s has no %s".formatted(config.api().id(), String.join(", ", ignored));
    return outcome.withWarnings(List.of(new Warning("GENERATION_IGNORED", message)));
  }

  @MustBeClosed
  private HttpResponse send(ChatPrompt prompt, OpenAiFailures failures, Call call) {
    RequestOptions options = connection.options(call);
    try {
      return protocol.send(connection.client(), prompt, options);
    } catch (RuntimeException e) {
      throw failures.ofOpening(e, call);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
