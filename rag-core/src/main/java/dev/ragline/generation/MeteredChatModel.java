package dev.ragline.generation;

import dev.ragline.call.Call;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A language model whose tokens are counted. */
public final class MeteredChatModel implements ChatModel {
  private final ChatModel model;

  /**
   * @param model is closed with this one
   */
  public MeteredChatModel(ChatModel model) {
    this.model = model;
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public int contextTokens(@Nullable String asked, int configured) {
    return model.contextTokens(asked, configured);
  }

  @Override
  public ChatOutcome chat(ChatPrompt prompt, Call call, Consumer<String> text) {
    if (!call.meter().isCounting()) {
      return model.chat(prompt, call, text);
    }
    RunningCount said = new RunningCount();
    TokenUsage told = TokenUsage.NONE;
    try {
      ChatOutcome outcome =
          model.chat(
              prompt,
              call,
              piece -> {
                said.add(piece);
                text.accept(piece);
              });
      told = outcome.usage();
      return outcome;
    } finally {
      // Who was asked wants to be paid, also for what was broken off.
      long billed = told.total() > 0 ? told.total() : estimate(prompt, said);
      call.meter()
          .countChat(told.promptTokens(), told.completionTokens(), told.reasoningTokens(), billed);
    }
  }

  /** Counts text that goes by, without keeping all of it. */
  private static final class RunningCount {
    private static final int BATCH = 4 << 10;

    private final StringBuilder uncounted = new StringBuilder();
    private long counted;

    void add(String piece) {
      uncounted.append(piece);
      if (uncounted.length() >= BATCH) {
        count();
      }
    }

    boolean isEmpty() {
      return counted == 0 && uncounted.isEmpty();
    }

    long tokens() {
      count();
      return counted;
    }

    private void count() {
      counted += TokenCount.of(uncounted.toString());
      uncounted.setLength(0);
    }
  }

  /** Nothing where nothing was said: most such calls were refused. */
  private static long estimate(ChatPrompt prompt, RunningCount said) {
    return said.isEmpty() ? 0 : TokenCount.of(prompt) + said.tokens();
  }

  @Override
  public void close() {
    model.close();
  }
}
