package dev.ragline.answering.grounded;

import dev.ragline.generation.ChatTurn;
import dev.ragline.generation.ChatTurn.Role;
import dev.ragline.transform.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A history as chat templates want it, users and assistants in turn: pure functions. */
final class Conversation {
  private Conversation() {}

  /**
   * The turns, those of one speaker in a row as one.
   *
   * @param inert makes material of a text
   */
  static List<ChatTurn> of(List<Turn> history, UnaryOperator<String> inert) {
    List<ChatTurn> turns = new ArrayList<>();
    for (Turn turn : history) {
      Role role =
          switch (turn.role()) {
            case USER -> Role.USER;
            case ASSISTANT -> Role.ASSISTANT;
          };
      String text = inert.apply(turn.text());
      if (!turns.isEmpty() && turns.getLast().role() == role) {
        text = turns.removeLast().text() + "\n\n" + text;
      }
      turns.add(new ChatTurn(role, text));
    }
    return turns;
  }

  /** The last turns from one on, or from the next where a conversation cannot begin with it. */
  static List<ChatTurn> from(int first, List<ChatTurn> turns) {
    boolean answers = first < turns.size() && turns.get(first).role() == Role.ASSISTANT;
    return List.copyOf(turns.subList(answers ? first + 1 : first, turns.size()));
  }
}
