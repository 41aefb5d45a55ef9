package dev.ragline.generation;

import java.util.List;

/**
 * What a model is asked.
 *
 * @param system the standing instruction
 * @param history turns in between, the user's first and then in turn, so that the last is the
 *     assistant's: some models' chat templates refuse all else
 * @param user the user's turn
 */
public record ChatPrompt(String system, List<ChatTurn> history, String user, ChatOptions options) {
  public ChatPrompt {
    history = List.copyOf(history);
  }

  /** A question without a history, answered as the endpoint does by itself. */
  public ChatPrompt(String system, String user) {
    this(system, List.of(), user, ChatOptions.NONE);
  }
}
