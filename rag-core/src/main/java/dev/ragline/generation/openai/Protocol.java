package dev.ragline.generation.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.MustBeClosed;
import com.openai.client.OpenAIClient;
import com.openai.core.RequestOptions;
import com.openai.core.http.HttpResponse;
import dev.ragline.generation.ChatOptions;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.upstream.OpenAiFailures;
import java.util.List;

/** How a {@link ChatApi} is spoken. */
interface Protocol {
  /** Asks, and gives the answer once its head has come. */
  @MustBeClosed
  HttpResponse send(
      OpenAIClient client, ChatPrompt prompt, Concessions concessions, RequestOptions options);

  /** What of the options this API cannot be told, by the names of the wire. */
  List<String> ignored(ChatOptions options);

  /** An answer of which nothing has come yet. */
  Reply reply(ChatOptions options, OpenAiFailures failures);

  /** What this endpoint speaks. */
  static Protocol of(ChatModelConfig config) {
    return switch (config.api()) {
      case CHAT ->
          new ChatCompletions(
              config.model(), config.asksForUsage(), Dialect.of(config.endpoint().name()));
      case RESPONSES -> new Responses(config.model());
    };
  }

  /**
   * What has been learned from an answer's events so far. Reads only the fields it needs and takes
   * those that are missing for empty: compatible servers leave out many.
   */
  interface Reply {
    /**
     * Takes an event in and gives its text, which may be empty. What a model thinks before it
     * answers is no text.
     *
     * @throws dev.ragline.document.RagException UNAVAILABLE when nothing can be done with it
     */
    String add(JsonNode event);

    /** Whether the model has said why it stopped; some say so with every piece of their text. */
    boolean isFinished();

    /**
     * Whether it said so after its text and has said nothing since: the text is whole, wherever the
     * stream may end. A reply that is finished, but not settled, is whole only at the stream's
     * proper end.
     */
    boolean isSettled();

    /** Whether nothing more is worth waiting for. */
    boolean isComplete();

    /**
     * The outcome of an answer that is finished.
     *
     * @throws dev.ragline.document.RagException UNAVAILABLE when its reason is not known
     */
    ChatOutcome outcome();

    /** The outcome of an answer that we take no more of. */
    ChatOutcome cutOff();
  }
}
