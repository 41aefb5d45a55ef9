package dev.ragline.generation.openai;

import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionChunk.Choice;
import com.openai.models.completions.CompletionUsage;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatOutcome.Finish;
import dev.ragline.generation.TokenUsage;
import dev.ragline.openai.OpenAiFailures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has been learned from a reply's chunks so far. Reads only the fields it needs and takes
 * those that are missing for empty: compatible servers leave out many.
 */
final class ChatReply {
  private final OpenAiFailures failures;
  private String model;
  private @Nullable Finish finish;
  private @Nullable TokenUsage usage;

  ChatReply(String model, OpenAiFailures failures) {
    this.model = model;
    this.failures = failures;
  }

  /** Takes a chunk in and gives its text, which may be empty. */
  String add(ChatCompletionChunk chunk) {
    model = chunk._model().asKnown().filter(name -> !name.isBlank()).orElse(model);
    chunk._usage().asKnown().ifPresent(tokens -> usage = usageOf(tokens));
    StringBuilder text = new StringBuilder();
    for (Choice choice : chunk._choices().asKnown().orElse(List.of())) {
      choice
          ._delta()
          .asKnown()
          .flatMap(delta -> delta._content().asKnown())
          .ifPresent(text::append);
      choice
          ._finishReason()
          .asKnown()
          .map(Choice.FinishReason::asString)
          .filter(reason -> !reason.isEmpty())
          .ifPresent(reason -> finish = finishOf(reason));
    }
    return text.toString();
  }

  /** Whether the model has said why it stopped: its text is whole. */
  boolean isFinished() {
    return finish != null;
  }

  /** Whether nothing more is worth waiting for. */
  boolean isComplete() {
    return finish != null && usage != null;
  }

  /**
   * @throws dev.ragline.document.RagException UNAVAILABLE when the model never said why it stopped
   */
  ChatOutcome outcome() {
    if (finish == null) {
      throw failures.interrupted("stopped without saying why", null);
    }
    return new ChatOutcome(model, finish, usage == null ? TokenUsage.NONE : usage);
  }

  private Finish finishOf(String reason) {
    return switch (reason) {
      // The latter two are what text-generation-inference calls it.
      case "stop", "eos_token", "stop_sequence" -> Finish.STOP;
      case "length" -> Finish.LENGTH;
      case "content_filter" -> Finish.CONTENT_FILTER;
      case "tool_calls", "function_call" -> throw failures.unusable("called a tool, having none");
      default -> throw failures.unusable("stopped for a reason of its own");
    };
  }

  private static TokenUsage usageOf(CompletionUsage usage) {
    return new TokenUsage(
        usage._promptTokens().asKnown().orElse(0L),
        usage._completionTokens().asKnown().orElse(0L),
        usage
            ._completionTokensDetails()
            .asKnown()
            .flatMap(details -> details._reasoningTokens().asKnown())
            .orElse(0L));
  }
}
