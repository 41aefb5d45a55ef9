package dev.ragline.testing;

import dev.ragline.call.Call;
import dev.ragline.generation.ChatModel;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.generation.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Says what it was told to say, piece by piece, and remembers what it was asked. */
public final class FakeChatModel implements ChatModel {
  public static final String NAME = "fake-chat";
  public static final TokenUsage USAGE = new TokenUsage(11, 7);

  private final List<String> pieces;
  private final ChatOutcome.Finish finish;
  private final List<ChatPrompt> prompts = new ArrayList<>();
  private boolean closed;

  public FakeChatModel(ChatOutcome.Finish finish, String... pieces) {
    this.finish = finish;
    this.pieces = List.of(pieces);
  }

  /** One that says all it wants to. */
  public static FakeChatModel saying(String... pieces) {
    return new FakeChatModel(ChatOutcome.Finish.STOP, pieces);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public ChatOutcome chat(ChatPrompt prompt, Call call, Consumer<String> text) {
    prompts.add(prompt);
    pieces.forEach(text);
    return new ChatOutcome(NAME + "-1", finish, USAGE);
  }

  /** What it was asked so far. */
  public List<ChatPrompt> prompts() {
    return List.copyOf(prompts);
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
