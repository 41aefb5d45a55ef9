package dev.ragline.answering.grounded;

import dev.ragline.document.Warning;
import dev.ragline.generation.ChatOptions;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.generation.ChatTurn;
import dev.ragline.generation.ChatTurn.Role;
import dev.ragline.retrieval.Passage;
import java.util.ArrayList;
import java.util.List;

/**
 * What of passages and history fits into a model's context.
 *
 * @param passages the first of those found, as the model sees them
 * @param context their texts, numbered
 * @param history the last turns
 * @param found passages there were
 * @param said turns there were
 * @param shortened passages that lost the text around them, or their end
 * @param tokens of the prompt, estimated
 * @param window tokens of the model's context
 */
record Fitted(
    List<Passage> passages,
    String context,
    List<ChatTurn> history,
    int found,
    int said,
    int shortened,
    int tokens,
    int window) {
  Fitted {
    passages = List.copyOf(passages);
    history = List.copyOf(history);
  }

  /** What the model is asked. A last turn of the user's, to which nobody answered, goes with it. */
  ChatPrompt prompt(Instructions instructions, String question, ChatOptions options) {
    String user = instructions.user(context, question);
    boolean open = !history.isEmpty() && history.getLast().role() == Role.USER;
    return open
        ? new ChatPrompt(
            instructions.system(),
            history.subList(0, history.size() - 1),
            history.getLast().text() + "\n\n" + user,
            options)
        : new ChatPrompt(instructions.system(), history, user, options);
  }

  /** What was left out. */
  List<Warning> warnings() {
    List<Warning> warnings = new ArrayList<>();
    String holds = "the model's context of %d tokens holds ".formatted(window);
    if (passages.size() < found) {
      warnings.add(
          new Warning(
              "CONTEXT_PASSAGES_LEFT_OUT",
              holds + "%d of %d passages".formatted(passages.size(), found)));
    }
    if (shortened > 0) {
      warnings.add(
          new Warning(
              "CONTEXT_PASSAGES_SHORTENED",
              holds + "%d of the passages in part only".formatted(shortened)));
    }
    if (history.size() < said) {
      warnings.add(
          new Warning(
              "CONTEXT_HISTORY_LEFT_OUT",
              holds + "the last %d of %d turns".formatted(history.size(), said)));
    }
    return warnings;
  }

  /** The same for a stage. */
  String detail() {
    String turns = said == 0 ? "" : ", %d of %d turns".formatted(history.size(), said);
    String cut = shortened == 0 ? "" : " (%d shortened)".formatted(shortened);
    return "%d of %d passages%s%s, about %d of %d tokens"
        .formatted(passages.size(), found, cut, turns, tokens, window);
  }
}
