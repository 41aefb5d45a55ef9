package dev.ragline.generation;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Does one thing after the other, and at last says its name: {@code text} is said, {@code ~REASON}
 * fails with that reason.
 */
final class FailingModel implements ChatModel {
  private final String name;
  private final Deque<String> acts;
  private int asked;
  private boolean closed;

  FailingModel(String name, String... acts) {
    this.name = name;
    this.acts = new ArrayDeque<>(List.of(acts));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ChatOutcome chat(ChatPrompt prompt, Call call, Consumer<String> text) {
    asked++;
    String act = acts.isEmpty() ? name : acts.removeFirst();
    for (String part : act.split("(?=~)", -1)) {
      if (part.startsWith("~")) {
        throw failure(part.substring(1));
      }
      text.accept(part);
    }
    return new ChatOutcome(name, ChatOutcome.Finish.STOP, TokenUsage.NONE);
  }

  static RagException failure(String reason) {
    ErrorCode code =
        switch (reason) {
          case "LLM_KEY_REFUSED", "LLM_MODEL_UNKNOWN", "LLM_REFUSED_REQUEST" ->
              ErrorCode.FAILED_PRECONDITION;
          case "LLM_RATE_LIMITED" -> ErrorCode.RESOURCE_EXHAUSTED;
          case "CANCELLED" -> ErrorCode.CANCELLED;
          case "DEADLINE_EXCEEDED" -> ErrorCode.DEADLINE_EXCEEDED;
          default -> ErrorCode.UNAVAILABLE;
        };
    return new RagException(
        code, reason, "it has " + reason, new ErrorDetail.Retry(Duration.ofHours(1)));
  }

  int asked() {
    return asked;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
