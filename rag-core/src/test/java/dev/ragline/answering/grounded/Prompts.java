package dev.ragline.answering.grounded;

import dev.ragline.document.GenerationSettings;
import dev.ragline.generation.ChatOptions;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.retrieval.Passage;
import java.util.List;

/** What a language model is asked by default, with a context that holds everything. */
final class Prompts {
  private Prompts() {}

  static ChatPrompt of(String question, List<Passage> passages) {
    Instructions instructions = Instructions.of(GenerationSettings.NONE, passages);
    return new ContextBudget("m", 1_000_000, null)
        .fit(instructions, question, passages, List.of())
        .prompt(instructions, question, ChatOptions.NONE);
  }
}
