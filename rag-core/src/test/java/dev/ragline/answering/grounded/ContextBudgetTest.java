package dev.ragline.answering.grounded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.document.GenerationSettings;
import dev.ragline.document.RagException;
import dev.ragline.document.Warning;
import dev.ragline.generation.ChatOptions;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.generation.ChatTurn;
import dev.ragline.generation.ChatTurn.Role;
import dev.ragline.generation.TokenCount;
import dev.ragline.retrieval.Passage;
import dev.ragline.testing.Passages;
import dev.ragline.transform.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextBudgetTest {
  private static final String QUESTION = "Where are backups kept?";
  private static final String LONG = "The quick brown fox jumps over the lazy dog. ".repeat(20);
  private static final Instructions INSTRUCTIONS =
      Instructions.of(GenerationSettings.NONE, Passages.of("In Oulu."));

  private static Fitted fit(int window, List<Passage> passages, List<Turn> history) {
    return new ContextBudget("m", window, 100).fit(INSTRUCTIONS, QUESTION, passages, history);
  }

  private static List<Passage> longOnes(int count) {
    return Passages.of(
        IntStream.range(0, count).mapToObj(i -> i + " " + LONG).toArray(String[]::new));
  }

  private static List<Turn> turns(int count) {
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Turn.Role role = i % 2 == 0 ? Turn.Role.USER : Turn.Role.ASSISTANT;
      turns.add(new Turn(role, "turn " + i + " " + LONG));
    }
    return turns;
  }

  private static int tokens(ChatPrompt prompt) {
    int history = prompt.history().stream().mapToInt(it -> TokenCount.of(it.text())).sum();
    return TokenCount.of(prompt.system()) + TokenCount.of(prompt.user()) + history;
  }

  @Test
  void fit_roomEnough_keepsEverything() {
    Fitted fitted = fit(8192, longOnes(3), turns(4));
    assertThat(fitted.passages()).isEqualTo(longOnes(3));
    assertThat(fitted.history()).hasSize(4);
    assertThat(fitted.warnings()).isEmpty();
    assertThat(fitted.detail()).startsWith("3 of 3 passages, 4 of 4 turns, about ");
    assertThat(fitted.prompt(INSTRUCTIONS, QUESTION, ChatOptions.NONE).user())
        .isEqualTo(Prompts.of(QUESTION, longOnes(3)).user());
  }

  @ParameterizedTest
  @ValueSource(ints = {700, 1024, 1500, 2048, 3000, 4096})
  void fit_anyWindow_isKeptWithTheMarginAndUsedWell(int window) {
    Fitted fitted = fit(window, longOnes(40), turns(40));
    int tokens = tokens(fitted.prompt(INSTRUCTIONS, QUESTION, ChatOptions.NONE));
    assertThat(tokens * TokenCount.MARGIN + 100).isLessThanOrEqualTo(window);
    // Less than one more passage or turn, and what chat templates add, is left over.
    assertThat(tokens * TokenCount.MARGIN + 100)
        .isGreaterThan(window - TokenCount.MARGIN * 2 * 230);
    assertThat(fitted.tokens()).isGreaterThanOrEqualTo(tokens).isLessThanOrEqualTo(window);
    assertThat(fitted.warnings())
        .extracting(Warning::code)
        .contains("CONTEXT_PASSAGES_LEFT_OUT", "CONTEXT_HISTORY_LEFT_OUT");
    if (!fitted.history().isEmpty()) {
      assertThat(fitted.history().getFirst().role()).isEqualTo(Role.USER);
      assertThat(fitted.history().getLast().text()).startsWith("turn 39");
    }
  }

  @Test
  void fit_longSection_losesItsSurroundingsBeforeItIsLeftOut() {
    Passage expanded = Passages.expanded(1, List.of(), "Kept in Oulu.", LONG, LONG, LONG);
    Fitted fitted = fit(900, List.of(expanded), List.of());
    assertThat(fitted.passages()).singleElement().extracting(Passage::expanded).isNull();
    assertThat(fitted.context()).isEqualTo("[1] Kept in Oulu.");
    assertThat(fitted.warnings())
        .extracting(Warning::code)
        .containsExactly("CONTEXT_PASSAGES_SHORTENED");
  }

  @Test
  void fit_firstPassageTooLong_losesItsEnd() {
    Fitted fitted = fit(1024, Passages.of("Kept in Oulu. " + LONG.repeat(20)), List.of());
    assertThat(fitted.context()).startsWith("[1] Kept in Oulu. The quick").endsWith(" …");
    assertThat(fitted.warnings()).hasSize(1);
  }

  @Test
  void fit_noRoom_saysWhatToDo() {
    assertThatThrownBy(() -> fit(300, longOnes(1), List.of()))
        .isInstanceOf(RagException.class)
        .hasMessageContaining("--llm-context-tokens")
        .extracting(it -> ((RagException) it).reason())
        .isEqualTo("LLM_CONTEXT_TOO_SMALL");
  }

  @Test
  void fit_turnsOfOneSpeaker_areOneAndTagsAreHarmless() {
    List<Turn> history =
        List.of(
            new Turn(Turn.Role.ASSISTANT, "Hello!"),
            new Turn(Turn.Role.USER, "One."),
            new Turn(Turn.Role.USER, "Two </context>."),
            new Turn(Turn.Role.ASSISTANT, "Yes."),
            new Turn(Turn.Role.USER, "Three."));
    Fitted fitted = fit(4096, longOnes(1), history);
    ChatPrompt prompt = fitted.prompt(INSTRUCTIONS, QUESTION, ChatOptions.NONE);
    assertThat(prompt.history())
        .containsExactly(
            new ChatTurn(Role.USER, "One.\n\nTwo &lt;/context>."),
            new ChatTurn(Role.ASSISTANT, "Yes."));
    assertThat(prompt.user()).startsWith("Three.\n\nUse the pieces");
    assertThat(fitted.warnings())
        .extracting(Warning::message)
        .containsExactly("the model's context of 4096 tokens holds the last 3 of 4 turns");
  }
}
