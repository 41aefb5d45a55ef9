package dev.ragline.generation.openai;

import com.google.errorprone.annotations.MustBeClosed;
import com.openai.core.RequestOptions;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.ragline.document.Deadline;
import dev.ragline.generation.ChatModel;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.generation.Thoughts;
import dev.ragline.openai.OpenAiConnection;
import dev.ragline.openai.OpenAiFailures;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A language model behind the streaming chat completions of an OpenAI-compatible endpoint.
 *
 * <p>Call it on a virtual thread: there, an interrupt closes the connection that the thread reads
 * from, whatever it waits for. On a platform thread an interrupt is seen between two chunks only.
 * The calling thread is also the one that reads, so a consumer that blocks stops the upstream by
 * TCP's own flow control.
 */
public final class OpenAiChatModel implements ChatModel {
  private static final String STAGE = "generate";
  private static final String CANNED =
      """
      data: {"id":"0","object":"chat.completion.chunk","created":0,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"ready"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}

      data: [DONE]

      """;

  private final ChatModelConfig config;
  private final OpenAiFailures failures;
  private final OpenAiConnection connection;

  public OpenAiChatModel(ChatModelConfig config) {
    this(config, OpenAiConnection.open(config.endpoint()));
  }

  private OpenAiChatModel(ChatModelConfig config, OpenAiConnection connection) {
    this.config = config;
    this.failures =
        new OpenAiFailures("LLM", "the language model", STAGE, config.endpoint(), config.model());
    this.connection = connection;
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
    try (var rehearsal =
        new OpenAiChatModel(
            config, OpenAiConnection.canned(config.endpoint(), "text/event-stream", CANNED))) {
      rehearsal.chat(
          new ChatPrompt("warm", "up"), Deadline.after(Duration.ofMinutes(1)), text -> {});
    }
  }

  @Override
  public ChatOutcome chat(ChatPrompt prompt, Deadline deadline, Consumer<String> text) {
    deadline.check(STAGE);
    ChatReply reply = new ChatReply(config.model(), failures);
    Thoughts thoughts = new Thoughts();
    try (var response = send(prompt, deadline)) {
      requireEventStream(response.headers());
      Iterator<ChatCompletionChunk> chunks = response.parse().stream().iterator();
      while (!reply.isComplete()) {
        ChatCompletionChunk chunk = next(chunks, reply, deadline);
        if (chunk == null) {
          break;
        }
        String piece = thoughts.next(reply.add(chunk));
        if (!piece.isEmpty()) {
          text.accept(piece);
        }
      }
    }
    ChatOutcome outcome = reply.outcome();
    String rest = thoughts.end();
    if (!rest.isEmpty()) {
      text.accept(rest);
    }
    return outcome;
  }

  @MustBeClosed
  private HttpResponseFor<StreamResponse<ChatCompletionChunk>> send(
      ChatPrompt prompt, Deadline deadline) {
    RequestOptions options = connection.options(deadline);
    try {
      return connection
          .client()
          .chat()
          .completions()
          .withRawResponse()
          .createStreaming(params(prompt), options);
    } catch (RuntimeException e) {
      throw failures.of(e, deadline);
    }
  }

  /** The client would skip each line of a page or a document, and find nothing said. */
  private void requireEventStream(Headers headers) {
    String type =
        headers.values("Content-Type").stream().findFirst().orElse("").toLowerCase(Locale.ROOT);
    if (type.startsWith("application/json") || type.startsWith("text/html")) {
      throw failures.notTheService("did not answer with a stream of events");
    }
  }

  /** The next chunk, or null; once the text is whole, a break costs only the token counts. */
  private @Nullable ChatCompletionChunk next(
      Iterator<ChatCompletionChunk> chunks, ChatReply reply, Deadline deadline) {
    try {
      deadline.check(STAGE);
      return chunks.hasNext() ? chunks.next() : null;
    } catch (RuntimeException e) {
      if (reply.isFinished()) {
        return null;
      }
      throw failures.of(e, deadline);
    }
  }

  private ChatCompletionCreateParams params(ChatPrompt prompt) {
    boolean newLimit = config.endpoint().name().equals(ChatModelPreset.OPENAI.id());
    return ChatParams.of(config.model(), prompt, newLimit)
        .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
        .build();
  }

  @Override
  public void close() {
    connection.close();
  }
}
