package dev.ragline.generation.openai;

import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatOutcome.Finish;
import dev.ragline.generation.TokenUsage;
import dev.ragline.openai.OpenAiFailures;
import org.jspecify.annotations.Nullable;

/** What every reply tells sooner or later: who answers, why it stopped, what it cost. */
abstract class Learned implements Protocol.Reply {
  final OpenAiFailures failures;
  private String model;
  private @Nullable Finish finish;
  private @Nullable TokenUsage usage;

  Learned(String model, OpenAiFailures failures) {
    this.model = model;
    this.failures = failures;
  }

  final void answeredBy(String name) {
    if (!name.isBlank()) {
      model = name;
    }
  }

  final void finished(Finish why) {
    finish = why;
  }

  final void used(TokenUsage tokens) {
    usage = tokens;
  }

  @Override
  public final boolean isFinished() {
    return finish != null;
  }

  @Override
  public final boolean isComplete() {
    return finish != null && usage != null;
  }

  @Override
  public final ChatOutcome outcome() {
    if (finish == null) {
      throw failures.interrupted("stopped without saying why", null);
    }
    return outcome(finish);
  }

  @Override
  public final ChatOutcome cutOff() {
    return outcome(Finish.CUT_OFF);
  }

  private ChatOutcome outcome(Finish why) {
    return new ChatOutcome(model, why, usage == null ? TokenUsage.NONE : usage);
  }
}
