package dev.ragline.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragline.call.Call;
import dev.ragline.call.Stages;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.document.Stage;
import dev.ragline.document.Warning;
import dev.ragline.generation.ChatModel;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.testing.FakeChatModel;
import dev.ragline.transform.Turn.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QueryTransformerTest {
  private static final String QUESTION = "When was it built?";
  private static final String ALONE = "When was the Eiffel Tower built?";
  private static final List<Turn> HISTORY =
      List.of(new Turn(Role.USER, "Where is the Eiffel Tower?"));

  private final List<Warning> warnings = new ArrayList<>();
  private Stages stages = new Stages(Call.UNLIMITED);

  /** Fails, and remembers how long it might have taken. */
  private static final class FailingChatModel implements ChatModel {
    private final ErrorCode code;
    private @Nullable Call given;

    FailingChatModel(ErrorCode code) {
      this.code = code;
    }

    @Override
    public String name() {
      return "failing";
    }

    @Override
    public ChatOutcome chat(ChatPrompt prompt, Call call, Consumer<String> text) {
      given = call;
      text.accept("Half a");
      throw new RagException(code, "LLM_" + code, "it failed");
    }

    @Override
    public void close() {}
  }

  private static QueryTransforms with(List<Turn> history, Rewriting rewriting, Hyde hyde) {
    return new QueryTransforms(List.of("a further one"), history, rewriting, hyde);
  }

  private Queries transform(@Nullable ChatModel model, QueryTransforms transforms) {
    return transform(model, transforms, true, Call.UNLIMITED);
  }

  private Queries transform(
      @Nullable ChatModel model, QueryTransforms transforms, boolean vectors, Call call) {
    stages = new Stages(call);
    return new QueryTransformer(Optional.ofNullable(model))
        .transform(QUESTION, transforms, vectors, stages, call, warnings::add);
  }

  @Test
  void transform_politeQuestion_isSearchedByItsCoreAndTheTraceShowsIt() {
    Queries queries =
        ask("Hi! Can you please tell me when the tower was built? Thanks!", List.of());

    assertThat(queries.question()).isEqualTo("when the tower was built?");
    assertThat(queries.rewritten()).isNull();
    assertThat(stages.done())
        .singleElement()
        .satisfies(
            stage -> {
              assertThat(stage.name()).isEqualTo("core");
              assertThat(stage.detail()).isEqualTo("when the tower was built?");
            });
  }

  @Test
  void transform_plainQuestion_hasNoCoreOfItsOwn() {
    assertThat(ask(ALONE, List.of())).isEqualTo(Queries.only(ALONE));
    assertThat(stages.done()).isEmpty();
  }

  @Test
  void transform_politeFollowUp_standsAloneWithoutTheCourtesies() {
    Queries queries = ask("Thanks! Could you tell me when it was built?", HISTORY);

    assertThat(queries.question()).startsWith("when it was built?").contains("Eiffel", "Tower");
    assertThat(queries.rewritten()).isEqualTo(queries.question());
    assertThat(queries.further()).containsExactly("when it was built?");
  }

  private Queries ask(String question, List<Turn> history) {
    stages = new Stages(Call.UNLIMITED);
    return new QueryTransformer(Optional.empty())
        .transform(
            question,
            new QueryTransforms(List.of(), history, Rewriting.KEY_TERMS, Hyde.OFF),
            true,
            stages,
            Call.UNLIMITED,
            warnings::add);
  }

  private static void assertFails(ErrorCode code, String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RagException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.reason()).isEqualTo(reason);
            });
  }

  @Test
  void transform_nothingAsked_costsNothing() {
    FakeChatModel model = FakeChatModel.saying("no");
    Queries queries = transform(model, QueryTransforms.NONE);
    assertThat(queries).isEqualTo(new Queries(QUESTION, null, List.of(), null));
    assertThat(transform(model, with(HISTORY, Rewriting.OFF, Hyde.OFF)).question())
        .isEqualTo(QUESTION);
    assertThat(model.prompts()).isEmpty();
    assertThat(stages.done()).isEmpty();
    assertThat(new QueryTransformer(Optional.of(model)).asksModel(QueryTransforms.NONE, true))
        .isFalse();
  }

  @Test
  void transform_historyAndModel_searchesForWhatTheModelSays() {
    FakeChatModel model = FakeChatModel.saying("<think>A tower, then.</think>", "\n", ALONE);
    Queries queries = transform(model, with(HISTORY, Rewriting.AUTO, Hyde.OFF));
    assertThat(queries).isEqualTo(new Queries(ALONE, ALONE, List.of("a further one"), null));
    assertThat(model.prompts()).isEqualTo(List.of(RewritePrompt.of(QUESTION, HISTORY)));
    assertThat(stages.done()).extracting(Stage::name).containsExactly("rewrite");
    assertThat(stages.done().getFirst().detail()).isEqualTo("fake-chat: " + ALONE);
    assertThat(warnings).isEmpty();
  }

  @Test
  void transform_modelRepeatsTheQuestion_isNotRewritten() {
    Queries queries =
        transform(FakeChatModel.saying(QUESTION), with(HISTORY, Rewriting.AUTO, Hyde.OFF));
    assertThat(queries.rewritten()).isNull();
    assertThat(queries.further()).containsExactly("a further one");
    assertThat(stages.done().getFirst().detail()).isEqualTo("fake-chat: as it was");
  }

  @Test
  void transform_noModel_takesKeyTermsAndThePlainQuestion() {
    Queries queries = transform(null, with(HISTORY, Rewriting.AUTO, Hyde.OFF));
    assertThat(queries.question()).isEqualTo(QUESTION + " Eiffel Tower");
    assertThat(queries.rewritten()).isNotNull();
    assertThat(queries.further()).containsExactly(QUESTION, "a further one");
    assertThat(stages.done().getFirst().detail())
        .isEqualTo("key terms: " + QUESTION + " Eiffel Tower");
    assertThat(warnings).isEmpty();
  }

  @Test
  void transform_keyTermsAskedFor_leaveTheModelAlone() {
    FakeChatModel model = FakeChatModel.saying(ALONE);
    Queries queries = transform(model, with(HISTORY, Rewriting.KEY_TERMS, Hyde.OFF));
    assertThat(queries.question()).endsWith("Eiffel Tower");
    assertThat(model.prompts()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"UNAVAILABLE", "FAILED_PRECONDITION", "RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED"})
  void transform_modelFails_warnsAndGoesOnUnlessRequired(ErrorCode code) {
    FailingChatModel model = new FailingChatModel(code);
    Queries queries = transform(model, with(HISTORY, Rewriting.AUTO, Hyde.OPTIONAL));
    assertThat(queries.question()).endsWith("Eiffel Tower");
    assertThat(queries.passage()).isNull();
    assertThat(warnings).extracting(Warning::code).containsExactly("REWRITE_FAILED", "HYDE_FAILED");
    assertThat(warnings).allSatisfy(it -> assertThat(it.message()).endsWith("(LLM_" + code + ")"));
    assertThat(stages.done()).extracting(Stage::name).containsExactly("rewrite", "rewrite", "hyde");

    assertFails(
        code,
        "LLM_" + code,
        () -> transform(model, with(HISTORY, Rewriting.MODEL_REQUIRED, Hyde.OFF)));
    assertFails(
        code,
        "LLM_" + code,
        () -> transform(model, with(List.of(), Rewriting.AUTO, Hyde.REQUIRED)));
  }

  @Test
  void transform_cancelledOrTooLate_endsTheRetrieval() {
    QueryTransforms transforms = with(HISTORY, Rewriting.AUTO, Hyde.OPTIONAL);
    assertFails(
        ErrorCode.CANCELLED,
        "LLM_CANCELLED",
        () -> transform(new FailingChatModel(ErrorCode.CANCELLED), transforms));
    Call passed = Call.within(Duration.ZERO);
    assertFails(
        ErrorCode.DEADLINE_EXCEEDED,
        "DEADLINE_EXCEEDED",
        () -> transform(FakeChatModel.saying(ALONE), transforms, true, passed));
  }

  @Test
  void transform_deadline_modelGetsAShareOfIt() {
    FailingChatModel model = new FailingChatModel(ErrorCode.UNAVAILABLE);
    QueryTransforms transforms = with(HISTORY, Rewriting.AUTO, Hyde.OFF);
    var _ = transform(model, transforms, true, Call.within(Duration.ofSeconds(8)));
    assertThat(left(model)).isLessThanOrEqualTo(Duration.ofSeconds(2));
    var _ = transform(model, transforms);
    assertThat(left(model)).isLessThanOrEqualTo(Duration.ofSeconds(10));
  }

  private static Duration left(FailingChatModel model) {
    Call given = Objects.requireNonNull(model.given, "a call");
    return given.remaining(Duration.ofDays(1));
  }

  @Test
  void transform_modelSaysTooMuchOrNothing_isAFailure() {
    QueryTransforms transforms = with(HISTORY, Rewriting.AUTO, Hyde.OPTIONAL);
    for (FakeChatModel model :
        List.of(
            FakeChatModel.saying("x".repeat(20_000)),
            FakeChatModel.saying(" \n"),
            new FakeChatModel(ChatOutcome.Finish.LENGTH, ALONE))) {
      warnings.clear();
      Queries queries = transform(model, transforms);
      assertThat(queries.question()).endsWith("Eiffel Tower");
      assertThat(queries.passage()).isNull();
      assertThat(warnings)
          .extracting(Warning::message)
          .satisfiesExactly(
              it -> assertThat(it).endsWith("(REWRITE_UNUSABLE)"),
              it -> assertThat(it).endsWith("(HYDE_UNUSABLE)"));
    }
    assertFails(
        ErrorCode.UNAVAILABLE,
        "HYDE_UNUSABLE",
        () -> transform(FakeChatModel.saying(""), with(List.of(), Rewriting.AUTO, Hyde.REQUIRED)));
  }

  @Test
  void transform_hyde_bringsThePassage() {
    FakeChatModel model = FakeChatModel.saying("The tower was ", "built in 1889.");
    Queries queries = transform(model, with(List.of(), Rewriting.AUTO, Hyde.OPTIONAL));
    assertThat(queries.question()).isEqualTo(QUESTION);
    assertThat(queries.passage()).isEqualTo("The tower was built in 1889.");
    assertThat(model.prompts()).isEqualTo(List.of(HydePrompt.of(QUESTION)));
    assertThat(stages.done()).extracting(Stage::name).containsExactly("hyde");
  }

  @Test
  void transform_hydeWithoutVectors_isLeftOut() {
    FakeChatModel model = FakeChatModel.saying("The tower was built in 1889.");
    QueryTransforms transforms = with(List.of(), Rewriting.AUTO, Hyde.REQUIRED);
    assertThat(transform(model, transforms, false, Call.UNLIMITED).passage()).isNull();
    assertThat(transform(null, transforms, false, Call.UNLIMITED).passage()).isNull();
    assertThat(model.prompts()).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void transform_noModel_optionalWarnsAndRequiredIsRefused() {
    assertThat(transform(null, with(List.of(), Rewriting.AUTO, Hyde.OPTIONAL)).passage()).isNull();
    assertThat(warnings).extracting(Warning::code).containsExactly("HYDE_FAILED");
    for (QueryTransforms required :
        List.of(
            with(List.of(), Rewriting.AUTO, Hyde.REQUIRED),
            with(HISTORY, Rewriting.MODEL_REQUIRED, Hyde.OFF))) {
      assertFails(
          ErrorCode.FAILED_PRECONDITION, "LLM_NOT_CONFIGURED", () -> transform(null, required));
    }
    assertThat(transform(null, with(List.of(), Rewriting.MODEL_REQUIRED, Hyde.OFF)).question())
        .as("without a history there is nothing to rewrite")
        .isEqualTo(QUESTION);
  }
}
