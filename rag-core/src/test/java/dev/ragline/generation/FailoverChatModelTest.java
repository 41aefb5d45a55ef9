package dev.ragline.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ragline.call.Call;
import dev.ragline.document.RagException;
import dev.ragline.document.Warning;
import dev.ragline.upstream.FailoverConfig;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverChatModelTest {
  private static final ChatPrompt PROMPT = new ChatPrompt("system", "user");
  private final StringBuilder text = new StringBuilder();

  private ChatOutcome chat(FailoverChatModel model) {
    return model.chat(PROMPT, Call.UNLIMITED, text::append);
  }

  private RagException failure(FailoverChatModel model) {
    return Objects.requireNonNull(
        catchThrowableOfType(RagException.class, () -> chat(model)), "it did not fail");
  }

  private static FailoverChatModel of(FailingModel... models) {
    return new FailoverChatModel(List.of(models), FailoverConfig.DEFAULT);
  }

  @Test
  void contextTokens_severalModels_areTheSmallest() {
    FailoverChatModel model =
        of(new FailingModel("openai/gpt-4o"), new FailingModel("lepton/mistral-7b"));
    assertThat(model.contextTokens(null, 0)).isEqualTo(8192);
    assertThat(model.contextTokens("gpt-4o", 0)).isEqualTo(128000);
  }

  @Test
  void chat_firstIsWell_isAskedAlone() {
    FailingModel one = new FailingModel("one");
    FailingModel two = new FailingModel("two");

    ChatOutcome outcome = chat(of(one, two));

    assertThat(text).hasToString("one");
    assertThat(outcome.warnings()).isEmpty();
    assertThat(two.asked()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LLM_FAILED",
        "LLM_INTERRUPTED",
        "LLM_HUNG_UP",
        "LLM_UNREACHABLE",
        "LLM_UNUSABLE",
        "LLM_RATE_LIMITED",
        "LLM_KEY_REFUSED",
        "LLM_MODEL_UNKNOWN"
      })
  void chat_firstFailsBeforeItsText_secondAnswersWithAWarning(String reason) {
    FailingModel one = new FailingModel("one", "~" + reason);
    FailingModel two = new FailingModel("two");

    ChatOutcome outcome = chat(of(one, two));

    assertThat(text).hasToString("two");
    assertThat(outcome.model()).isEqualTo("two");
    assertThat(outcome.warnings())
        .containsExactly(
            new Warning("LLM_FAILED_OVER", "it has " + reason + "; two answered instead"));
    assertThat(one.asked()).isEqualTo(1);
  }

  @Test
  void chat_failsAfterItsFirstText_isNeverAskedAgain() {
    FailingModel one = new FailingModel("one", "Half an ~LLM_INTERRUPTED");
    FailingModel two = new FailingModel("two");

    assertThat(failure(of(one, two)).reason()).isEqualTo("LLM_INTERRUPTED");
    assertThat(text).hasToString("Half an ");
    assertThat(one.asked()).isEqualTo(1);
    assertThat(two.asked()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LLM_REFUSED_REQUEST", "CANCELLED", "DEADLINE_EXCEEDED"})
  void chat_wouldFailElsewhereToo_isNotAskedElsewhere(String reason) {
    FailingModel two = new FailingModel("two");

    assertThat(failure(of(new FailingModel("one", "~" + reason), two)).reason()).isEqualTo(reason);
    assertThat(two.asked()).isZero();
  }

  @Test
  void chat_allFail_isTwoTriesAndTheFirstFailure() {
    FailingModel one = new FailingModel("one", "~LLM_FAILED");
    FailingModel two = new FailingModel("two", "~LLM_INTERRUPTED");
    FailingModel three = new FailingModel("three");

    assertThat(failure(of(one, two, three)).reason()).isEqualTo("LLM_FAILED");
    assertThat(three.asked()).isZero();
  }

  @Test
  void chat_unreachable_countsAsNoTry() {
    FailingModel one = new FailingModel("one", "~LLM_UNREACHABLE");
    FailingModel two = new FailingModel("two", "~LLM_UNREACHABLE");
    FailingModel three = new FailingModel("three", "~LLM_FAILED");

    ChatOutcome outcome = chat(of(one, two, three, new FailingModel("four")));

    assertThat(outcome.model()).isEqualTo("four");
    assertThat(outcome.warnings()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"LLM_KEY_REFUSED, LLM_FAILED", "LLM_FAILED, LLM_KEY_REFUSED"})
  void chat_someOfItPasses_isWhatIsReported(String first, String second) {
    FailoverChatModel model =
        of(new FailingModel("one", "~" + first), new FailingModel("two", "~" + second));

    assertThat(failure(model).reason()).isEqualTo("LLM_FAILED");
  }

  @Test
  void chat_aloneAndHungUp_isAskedOnceMore() {
    FailingModel one = new FailingModel("one", "~LLM_HUNG_UP");
    assertThat(chat(of(one)).model()).isEqualTo("one");
    assertThat(one.asked()).isEqualTo(2);

    FailingModel other = new FailingModel("other", "~LLM_HUNG_UP", "~LLM_HUNG_UP");
    assertThat(failure(of(other)).reason()).isEqualTo("LLM_HUNG_UP");
    assertThat(other.asked()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LLM_FAILED", "LLM_INTERRUPTED", "LLM_RATE_LIMITED", "LLM_UNREACHABLE"})
  void chat_aloneAndFailing_isAskedOnce(String reason) {
    FailingModel one = new FailingModel("one", "~" + reason);

    assertThat(failure(of(one)).reason()).isEqualTo(reason);
    assertThat(one.asked()).isEqualTo(1);
  }

  @Test
  void chat_rateLimited_isPassedByForAWhile() {
    FailingModel one = new FailingModel("one", "~LLM_RATE_LIMITED");
    FailoverChatModel model = of(one, new FailingModel("two"));
    chat(model);

    assertThat(chat(model).warnings()).isEmpty();
    assertThat(one.asked()).isEqualTo(1);
  }

  @Test
  void chat_aloneAndRateLimited_isAskedAllTheSame() {
    FailingModel one = new FailingModel("one", "~LLM_RATE_LIMITED");
    FailoverChatModel model = of(one);
    var unused = failure(model);

    assertThat(chat(model).model()).isEqualTo("one");
  }

  @Test
  void chat_keepsFailing_isLeftAlone() {
    FailingModel one = new FailingModel("one", "~A", "~A", "~A", "~A", "~A");
    FailoverChatModel model = of(one);
    for (int i = 0; i < 5; i++) {
      assertThat(failure(model).reason()).isEqualTo("A");
    }

    RagException spared = failure(model);

    assertThat(spared.reason()).isEqualTo("LLM_CIRCUIT_OPEN");
    assertThat(spared).hasMessageContaining("one");
    assertThat(one.asked()).isEqualTo(5);
  }

  @Test
  void chat_keepsFailing_isPassedByWithoutAWarning() {
    FailingModel one = new FailingModel("one", "~A", "~A", "~A", "~A", "~A");
    FailoverChatModel model = of(one, new FailingModel("two"));
    for (int i = 0; i < 5; i++) {
      assertThat(chat(model).warnings()).hasSize(1);
    }

    assertThat(chat(model).warnings()).isEmpty();
    assertThat(one.asked()).isEqualTo(5);
  }

  @Test
  void chat_brokenOffLater_countsForTheBreakerToo() {
    FailingModel one = new FailingModel("one", "x~A", "x~A", "x~A", "x~A", "x~A", "x~A", "x~A");
    FailoverChatModel model = of(one);
    for (int i = 0; i < 5; i++) {
      var unused = failure(model);
    }

    assertThat(failure(model).reason()).isEqualTo("LLM_CIRCUIT_OPEN");
  }

  @Test
  void chat_pauseIsOver_isTriedAgain() {
    FailingModel one = new FailingModel("one", "~A", "~A", "~A", "~A", "~A");
    FailoverConfig brief = new FailoverConfig(8, Duration.ofSeconds(1), Duration.ofMillis(1));
    FailoverChatModel model = new FailoverChatModel(List.of(one, new FailingModel("two")), brief);
    for (int i = 0; i < 5; i++) {
      chat(model);
    }
    await().until(() -> chat(model).model().equals("one"));

    assertThat(one.asked()).isEqualTo(6);
  }

  @Test
  void chat_noBreaker_asksForEver() {
    String[] acts = new String[50];
    java.util.Arrays.fill(acts, "~A");
    FailingModel one = new FailingModel("one", acts);
    FailoverChatModel model =
        new FailoverChatModel(
            List.of(one), new FailoverConfig(8, Duration.ofSeconds(1), Duration.ZERO));
    for (int i = 0; i < 50; i++) {
      assertThat(failure(model).reason()).isEqualTo("A");
    }
  }

  @Test
  void chat_refusedKeyOrCaller_saysNothingAboutTheEndpoint() {
    FailingModel one =
        new FailingModel(
            "one",
            "~LLM_KEY_REFUSED",
            "~LLM_KEY_REFUSED",
            "~CANCELLED",
            "~CANCELLED",
            "~DEADLINE_EXCEEDED",
            "~LLM_REFUSED_REQUEST");
    FailoverChatModel model = of(one);
    for (int i = 0; i < 6; i++) {
      var unused = failure(model);
    }

    assertThat(chat(model).model()).isEqualTo("one");
  }

  @Test
  void chat_consumerFails_itsFailureIsThrownAndNothingAskedAgain() {
    FailingModel two = new FailingModel("two");
    IllegalStateException ours = new IllegalStateException("the consumer's own");
    FailoverChatModel model = of(new FailingModel("one"), two);

    assertThatThrownBy(
            () ->
                model.chat(
                    PROMPT,
                    Call.UNLIMITED,
                    piece -> {
                      throw ours;
                    }))
        .isSameAs(ours);
    assertThat(two.asked()).isZero();
  }

  @Test
  void chat_firstIsAtItsLimit_secondAnswers() {
    FailoverConfig single = new FailoverConfig(1, Duration.ofSeconds(1), Duration.ZERO);
    FailoverChatModel model =
        new FailoverChatModel(List.of(new FailingModel("one"), new FailingModel("two")), single);

    // Asks while it is being answered: the only place is taken.
    model.chat(PROMPT, Call.UNLIMITED, piece -> assertThat(chat(model).model()).isEqualTo("two"));

    assertThat(text).hasToString("two");
  }

  @Test
  void close_closesAll() {
    FailingModel one = new FailingModel("one");
    FailingModel two = new FailingModel("two");
    FailoverChatModel model = of(one, two);

    assertThat(model.name()).isEqualTo("one, else two");
    model.close();

    assertThat(List.of(one.isClosed(), two.isClosed())).containsOnly(true);
  }

  @Test
  void chat_oneModelOfAnEndpointKeepsFailing_othersAreAsked() {
    FailingModel model =
        new FailingModel(
            "one", "~LLM_FAILED", "~LLM_FAILED", "~LLM_FAILED", "~LLM_FAILED", "~LLM_FAILED");
    FailoverChatModel failover = of(model);
    ChatPrompt broken =
        new ChatPrompt(
            "s", List.of(), "u", new ChatOptions("broken", null, null, null, List.of(), null));
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> failover.chat(broken, Call.UNLIMITED, text::append))
          .hasMessage("it has LLM_FAILED");
    }
    assertThatThrownBy(() -> failover.chat(broken, Call.UNLIMITED, text::append))
        .hasMessage("the language model one (broken) keeps failing and is left alone for a while");
    assertThat(chat(failover).model()).isEqualTo("one");
  }
}
