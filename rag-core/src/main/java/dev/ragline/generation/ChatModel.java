package dev.ragline.generation;

import dev.ragline.call.Call;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A language model that chats. */
public interface ChatModel extends AutoCloseable {
  /** The configured model's name. */
  String name();

  /**
   * Tokens that a prompt and its answer may have together, as {@link TokenCount} counts them.
   *
   * @param model the one that is asked for in place of the configured; null for that
   * @param configured what is to be taken where the endpoint has not told of less; 0 for what the
   *     model's name tells
   */
  default int contextTokens(@Nullable String model, int configured) {
    return configured > 0 ? configured : ContextWindow.of(model == null ? name() : model);
  }

  /**
   * Has the model write, handing over its text as it comes, on the calling thread. Interrupting the
   * thread ends the upstream call at once.
   *
   * @param text takes each piece, never empty; may block, which slows the model down
   * @throws dev.ragline.document.RagException FAILED_PRECONDITION for a refused key or an unknown
   *     model, RESOURCE_EXHAUSTED when asked too often, UNAVAILABLE when it cannot be reached,
   *     fails or breaks off before it said why it stopped, DEADLINE_EXCEEDED, CANCELLED
   */
  ChatOutcome chat(ChatPrompt prompt, Call call, Consumer<String> text);

  @Override
  void close();
}
