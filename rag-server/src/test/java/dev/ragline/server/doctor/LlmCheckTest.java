package dev.ragline.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.call.Call;
import dev.ragline.generation.ChatModel;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatOutcome.Finish;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.generation.TokenUsage;
import dev.ragline.generation.openai.ChatModelConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LlmCheckTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final TokenUsage USAGE = new TokenUsage(20, 2);

  /** Says one thing. */
  private record Saying(String text, ChatOutcome outcome) implements ChatModel {
    @Override
    public String name() {
      return outcome.model();
    }

    @Override
    public ChatOutcome chat(ChatPrompt prompt, Call call, Consumer<String> sink) {
      if (!text.isEmpty()) {
        sink.accept(text);
      }
      return outcome;
    }

    @Override
    public void close() {}
  }

  private static Checked examine(String asked, int window, ChatModel model) {
    LlmCheck check =
        new LlmCheck(
            "llm",
            "http://127.0.0.1:9/v1",
            () -> ChatModelConfig.resolve("http://127.0.0.1:9/v1", asked, null, Map.of()),
            window,
            config -> model);
    return Doctor.examine(List.of(check), LIMIT).getFirst();
  }

  private static Checked examine(String text, Finish finish, TokenUsage usage) {
    return examine("gpt-4o", 0, new Saying(text, new ChatOutcome("gpt-4o-2024", finish, usage)));
  }

  private static String only(Checked checked) {
    assertThat(checked.findings()).hasSize(1);
    return checked.findings().getFirst().text();
  }

  @Test
  void examine_goodModel_isDescribed() {
    Checked checked = examine("Ready", Finish.STOP, USAGE);

    assertThat(checked.findings()).isEmpty();
    assertThat(checked.isWell()).isTrue();
    assertThat(checked.where()).isEqualTo("http://127.0.0.1:9");
    assertThat(checked.speed()).isNotNull().asString().contains(" / ");
    assertThat(checked.facts())
        .containsOnly(
            Map.entry(Fact.MODEL, "gpt-4o"),
            Map.entry(Fact.API, "chat"),
            Map.entry(Fact.WINDOW, "128000"));
  }

  @Test
  void examine_unknownWindow_saysHowToTellIt() {
    Saying model = new Saying("Ready", new ChatOutcome("m", Finish.STOP, USAGE));
    assertThat(only(examine("m", 0, model))).contains("4096 tokens are assumed");
    assertThat(examine("m", 9000, model).findings()).isEmpty();
  }

  @Test
  void examine_anotherModelAnswers_isWorthKnowing() {
    Saying model = new Saying("Ready", new ChatOutcome("llama", Finish.STOP, USAGE));
    Checked checked = examine("gpt-4o", 0, model);
    assertThat(checked.isWell()).isTrue();
    assertThat(only(checked)).contains("asked for the model gpt-4o, and llama answers");
    assertThat(examine("default", 9000, model).findings()).isEmpty();
    assertThat(examine("meta/Llama", 9000, model).findings()).isEmpty();
  }

  @Test
  void examine_thoughts_areWorthKnowing() {
    assertThat(only(examine("Ready", Finish.STOP, new TokenUsage(20, 9, 7))))
        .contains("It thinks before it answers (9 tokens for the text 'Ready')");
    assertThat(only(examine("Ready", Finish.STOP, new TokenUsage(20, 60))))
        .contains("It thinks before it answers");
    assertThat(only(examine("", Finish.LENGTH, new TokenUsage(20, 64))))
        .contains("It wrote no text within 64 tokens");
  }

  @Test
  void examine_nothingSaid_isAProblem() {
    Checked checked = examine("", Finish.STOP, USAGE);
    assertThat(checked.isWell()).isFalse();
    assertThat(only(checked)).contains("ended properly and said nothing");
    assertThat(only(examine("I", Finish.CONTENT_FILTER, USAGE))).contains("filter");
  }

  @Test
  void examine_noUsage_isWorthKnowing() {
    Checked checked = examine("Ready", Finish.STOP, TokenUsage.NONE);
    assertThat(checked.isWell()).isTrue();
    assertThat(only(checked)).contains("does not tell how many tokens");
  }

  @Test
  void examine_aDefect_hidesNoOtherCheck() {
    Check defect =
        check(
            "one",
            draft -> {
              throw new IllegalStateException("oops");
            });
    Check fine = check("two", draft -> draft.answered(Speed.since(System.nanoTime())));

    List<Checked> checked = Doctor.examine(List.of(defect, fine), LIMIT);

    assertThat(only(checked.getFirst())).contains("IllegalStateException: oops");
    assertThat(checked.getLast().isWell()).isTrue();
  }

  @Test
  void examine_whatKnowsNoDeadline_isInterrupted() {
    Check hanging =
        check(
            "hanging",
            draft -> {
              draft.trying("waiting");
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });

    Checked checked = Doctor.examine(List.of(hanging), Duration.ofMillis(100)).getFirst();

    assertThat(checked.answers()).isFalse();
    assertThat(only(checked)).contains("It did not answer within 100 ms (waiting)");
  }

  private static Check check(String what, Consumer<Draft> work) {
    return new Check() {
      @Override
      public String what() {
        return what;
      }

      @Override
      public void run(Draft draft, Call call) {
        work.accept(draft);
      }
    };
  }
}
