package dev.ragline.answering.grounded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.ragline.answering.Answer.State;
import dev.ragline.answering.AnswerWriter.Assignment;
import dev.ragline.answering.AnswerWriter.Outcome;
import dev.ragline.answering.Citation;
import dev.ragline.answering.GenerationLimits;
import dev.ragline.call.Call;
import dev.ragline.document.AnswerSchema;
import dev.ragline.document.GenerationSettings;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.document.Stage;
import dev.ragline.generation.ChatModel;
import dev.ragline.generation.ChatOptions;
import dev.ragline.generation.ChatOutcome;
import dev.ragline.generation.ChatOutcome.Finish;
import dev.ragline.generation.ChatPrompt;
import dev.ragline.generation.ChatTurn;
import dev.ragline.generation.ContextWindow;
import dev.ragline.generation.TokenCount;
import dev.ragline.retrieval.Passage;
import dev.ragline.testing.FakeChatModel;
import dev.ragline.testing.Passages;
import dev.ragline.testing.RandomTexts;
import dev.ragline.testing.RecordingDraft;
import dev.ragline.transform.Turn;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GroundedWriterTest {
  private static final List<Passage> PASSAGES =
      Passages.of(
          "Über etcd: Metadata is stored in etcd. Modules own it.",
          "Vectors go to object storage. MinIO and S3 are supported.");

  private final RecordingDraft draft = new RecordingDraft();

  static List<Long> seeds() {
    return new Random(40).longs(100).boxed().toList();
  }

  @Test
  void write_markedClaims_citesTheSentencesBehindThem() {
    Outcome outcome = write("Metadata is stored in etc", "d [", "1]. Vectors use MinIO [2].");

    assertThat(draft.text()).isEqualTo("Metadata is stored in etcd. Vectors use MinIO.");
    assertThat(draft.sources())
        .containsExactly(
            "Metadata is stored in etcd ← Über etcd: Metadata is stored in etcd.",
            "Vectors use MinIO ← Vectors go to object storage. MinIO and S3 are supported.");
    assertThat(draft.citations().getFirst().support()).isEqualTo(1);
    assertThat(draft.citations().getFirst().quoteDigest())
        .isEqualTo(Sha256.of("Über etcd: Metadata is stored in etcd."));
    assertThat(outcome.state()).isEqualTo(State.COMPLETE);
    assertThat(outcome.model()).isEqualTo(FakeChatModel.NAME + "-1");
    assertThat(outcome.usage()).isEqualTo(FakeChatModel.USAGE);
    assertThat(outcome.pace()).isNotNull();
    assertThat(outcome.stages()).singleElement().extracting(Stage::name).isEqualTo("fit");
  }

  @Test
  void write_modelFindsNoAnswer_abstainsWithoutAWord() {
    Outcome outcome = write("NO_", "ANSWER", ". The pieces are about etcd [1].");

    assertThat(outcome.state()).isEqualTo(State.ABSTAINED);
    assertThat(draft.text()).isEmpty();
    assertThat(draft.citations()).isEmpty();
    assertThat(outcome.usage()).isEqualTo(FakeChatModel.USAGE);
  }

  @Test
  void write_answerBeginsLikeTheMark_isTheAnswer() {
    Outcome outcome = write("NO", " metadata is stored in MinIO.");

    assertThat(outcome.state()).isEqualTo(State.COMPLETE);
    assertThat(draft.text()).isEqualTo("NO metadata is stored in MinIO.");
  }

  @Test
  void write_marksAfterTheFullStop_citeTheSentenceBefore() {
    write("Sure! Metadata is stored in etcd. [1] Vectors use MinIO. [2]");
    assertThat(claims()).containsExactly("Metadata is stored in etcd.", "Vectors use MinIO.");
  }

  @Test
  void write_twoMarksInASentence_splitItBetweenThem() {
    write("It uses etcd [1] and MinIO [2].");
    assertThat(claims()).containsExactly("It uses etcd", "and MinIO");
  }

  @Test
  void write_marksOfOneClaim_citeItFromEach() {
    write("It uses etcd [1, 2][1].");
    assertThat(claims()).containsExactly("It uses etcd", "It uses etcd");
    assertThat(draft.citations()).extracting(c -> c.passage().rank()).containsExactly(1, 2);
  }

  @Test
  void write_markBeforeAnyText_citesTheFirstSentence() {
    write("[1] Metadata is stored in etcd. MinIO is supported [2].");
    assertThat(claims()).containsExactly("MinIO is supported", "Metadata is stored in etcd.");
  }

  @Test
  void write_multibyteTextBefore_countsClaimsInBytes() {
    write("😀 Größe! Metadata lives in etcd [1].");
    Citation citation = draft.citations().getFirst();
    assertThat(citation.claim().start()).isEqualTo(14);
    assertThat(claims()).containsExactly("Metadata lives in etcd");
  }

  @Test
  void write_unknownNumbers_areRemovedWithOneWarningEach() {
    write("In etcd [7]. In MinIO [0]. In S3 [7].");
    assertThat(draft.text()).isEqualTo("In etcd. In MinIO. In S3.");
    assertThat(draft.warnings()).containsExactly("UNKNOWN_CITATION", "UNKNOWN_CITATION");
  }

  @Test
  void write_someMarks_leavesOtherSentencesUncited() {
    write("Metadata is stored in etcd. Vectors go to object storage [2].");
    assertThat(claims()).containsExactly("Vectors go to object storage");
  }

  @Test
  void write_noMarks_alignsSentencesThatShareHalfTheirWords() {
    write("Metadata is stored in etcd. Bananas are quite yellow. S3 is supported.");
    assertThat(draft.sources())
        .containsExactly(
            "Metadata is stored in etcd. ← Über etcd: Metadata is stored in etcd.",
            "S3 is supported. ← MinIO and S3 are supported.");
  }

  @Test
  void write_claimWithoutAnyOfTheWords_quotesTheChunkUnsupported() {
    write("Bananas are yellow [2].");
    assertThat(draft.citations().getFirst().support()).isZero();
    assertThat(Passages.quoteOf(draft.citations().getFirst()))
        .isEqualTo(PASSAGES.get(1).chunk().text());
  }

  @ParameterizedTest
  @EnumSource(
      value = Finish.class,
      names = {"LENGTH", "CONTENT_FILTER"})
  void write_modelStopped_isInterruptedWithAWarning(Finish finish) {
    Outcome outcome = write(new FakeChatModel(finish, "Metadata is stored in [", "1"));
    assertThat(outcome.state()).isEqualTo(State.INTERRUPTED);
    assertThat(draft.warnings()).containsExactly(finish.name());
    assertThat(draft.text()).isEqualTo("Metadata is stored in [1");
  }

  @Test
  void write_modelSaysNothing_isUnavailable() {
    assertThatThrownBy(() -> write(" \n", "[1]"))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.reason()).isEqualTo("LLM_EMPTY"));
  }

  @Test
  void write_question_isAskedWithItsPassages() {
    FakeChatModel model = FakeChatModel.saying("x");
    write(model);
    assertThat(model.prompts()).containsExactly(Prompts.of("Where?", PASSAGES));
  }

  @Test
  void write_settings_areAskedForWithinTheLimits() {
    FakeChatModel model = FakeChatModel.saying("x");
    GenerationSettings settings =
        new GenerationSettings("big", 0.5, 7L, 900, List.of("END"), "Be brief.", null, null, null);
    Turn said = new Turn(Turn.Role.USER, "Hello.");
    Turn heard = new Turn(Turn.Role.ASSISTANT, "Hi.");
    Assignment assignment =
        new Assignment(
            "Where?", Assignment.of("Where?", PASSAGES).found(), List.of(said, heard), settings);
    var _ =
        new GroundedWriter(model, new GenerationLimits(0, 500, List.of("big")))
            .write(assignment, Call.UNLIMITED, draft);
    assertThat(model.prompts())
        .containsExactly(
            new ChatPrompt(
                "Be brief.",
                List.of(
                    new ChatTurn(ChatTurn.Role.USER, "Hello."),
                    new ChatTurn(ChatTurn.Role.ASSISTANT, "Hi.")),
                Prompts.of("Where?", PASSAGES).user(),
                new ChatOptions("big", 0.5, 7L, 500, List.of("END"), null)));
    assertThat(draft.warnings()).containsExactly("MAX_TOKENS_LOWERED");
    assertThatThrownBy(
            () ->
                new GroundedWriter(model, new GenerationLimits(0, 0, List.of("small")))
                    .write(assignment, Call.UNLIMITED, draft))
        .isInstanceOf(RagException.class)
        .hasMessageStartingWith("generation.model: 'big' is not one of");
  }

  @Test
  void write_smallContext_citesOnlyWhatTheModelHasSeen() {
    List<Passage> passages =
        Passages.of("Metadata is stored in etcd.", "Vectors go to storage. ".repeat(60));
    FakeChatModel model = FakeChatModel.saying("Metadata is stored in etcd [1][2].");
    var _ =
        new GroundedWriter(model, new GenerationLimits(512, 50, List.of()))
            .write(Assignment.of("Where?", passages), Call.UNLIMITED, draft);
    assertThat(model.prompts().getFirst().user()).contains("[1] ").doesNotContain("storage");
    assertThat(draft.warnings()).containsExactly("CONTEXT_PASSAGES_LEFT_OUT", "UNKNOWN_CITATION");
    assertThat(draft.citations()).hasSize(1);
  }

  /** Refuses what is longer than its context, which it tells with the refusal. */
  private static final class ShortContext implements ChatModel {
    private int context = 600;
    private final FakeChatModel model = FakeChatModel.saying("Metadata is stored in etcd [1].");
    private int told = ContextWindow.UNKNOWN;

    @Override
    public String name() {
      return model.name();
    }

    @Override
    public int contextTokens(@Nullable String asked, int configured) {
      return told;
    }

    @Override
    public ChatOutcome chat(ChatPrompt prompt, Call call, Consumer<String> text) {
      if (TokenCount.of(prompt) > context) {
        told = Math.min(told, 600);
        throw RagException.failedPrecondition("LLM_CONTEXT_EXCEEDED", "m", "too long");
      }
      return model.chat(prompt, call, text);
    }

    @Override
    public void close() {}
  }

  @Test
  void write_promptIsLongerThanTheContext_isFittedAndAskedOnceMore() {
    ShortContext model = new ShortContext();
    List<Passage> passages =
        Passages.of("Metadata is stored in etcd.", "Vectors go to storage. ".repeat(200));
    Outcome outcome = new GroundedWriter(model).write("Where?", passages, Call.UNLIMITED, draft);
    assertThat(outcome.state()).isEqualTo(State.COMPLETE);
    assertThat(model.model.prompts()).hasSize(1);
    assertThat(draft.warnings()).containsExactly("CONTEXT_PASSAGES_LEFT_OUT");
  }

  @Test
  void write_contextIsNoSmallerThanItWas_failsAsTheModelDid() {
    ShortContext model = new ShortContext();
    model.told = 600;
    model.context = 1;
    assertThatThrownBy(
            () -> new GroundedWriter(model).write("Where?", PASSAGES, Call.UNLIMITED, draft))
        .asInstanceOf(type(RagException.class))
        .returns("LLM_CONTEXT_EXCEEDED", RagException::reason);
    assertThat(draft.warnings()).isEmpty();
  }

  @Test
  void write_json_isGivenAsItIsAndItsTextsAreCited() {
    String json =
        "{\"a\": [1], \"b\": {\"where\": \"Metadata is stored in \\u0065tcd.\"}, \"c\": \"x\"}";
    writeJson(json);
    assertThat(draft.text()).isEqualTo(json);
    assertThat(claims()).containsExactly("Metadata is stored in \\u0065tcd.");
    assertThat(draft.warnings()).isEmpty();
  }

  @Test
  void write_noJsonWhereItWasAskedFor_warns() {
    writeJson("Sure! Metadata is in etcd [1].");
    assertThat(draft.warnings()).containsExactly("NOT_JSON");
    assertThat(draft.text()).endsWith("[1].");
  }

  private void writeJson(String said) {
    AnswerSchema schema = new AnswerSchema("{}", "answer", true);
    GenerationSettings settings =
        new GenerationSettings(null, null, null, null, List.of(), null, null, null, schema);
    FakeChatModel model = FakeChatModel.saying(said);
    Assignment plain = Assignment.of("Where?", PASSAGES);
    var _ =
        new GroundedWriter(model)
            .write(
                new Assignment("Where?", plain.found(), List.of(), settings),
                Call.UNLIMITED,
                draft);
    assertThat(model.prompts().getFirst().options().schema()).isEqualTo(schema);
  }

  @Test
  void close_writer_closesItsModel() {
    FakeChatModel model = FakeChatModel.saying();
    new GroundedWriter(model).close();
    assertThat(model.isClosed()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void write_randomTexts_citesTheSameHoweverCut(long seed) {
    Random random = new Random(seed);
    List<String> more = List.of(" [1]", "[2].", " [1, 2]. ", "[9]", "etcd", "MinIO and S3 ");
    String text = "x" + RandomTexts.mixed(random, random.nextInt(60), more);
    RecordingDraft whole = new RecordingDraft();
    new GroundedWriter(FakeChatModel.saying(text)).write("q", PASSAGES, Call.UNLIMITED, whole);
    write(RandomTexts.cut(random, text).toArray(String[]::new));
    assertThat(draft.text()).as("seed %d", seed).isEqualTo(whole.text());
    assertThat(draft.citations()).as("seed %d", seed).isEqualTo(whole.citations());
    assertThat(draft.citations())
        .as("seed %d", seed)
        .allSatisfy(
            c -> {
              assertThat(c.passage().chunk().range().contains(c.quote())).isTrue();
              assertThat(c.quoteDigest()).isEqualTo(Sha256.of(Passages.quoteOf(c)));
              assertThat(Passages.claimOf(c, draft.text())).isNotBlank().doesNotContain("\uFFFD?");
            });
  }

  private List<String> claims() {
    return draft.citations().stream().map(c -> Passages.claimOf(c, draft.text())).toList();
  }

  private Outcome write(String... pieces) {
    return write(FakeChatModel.saying(pieces));
  }

  private Outcome write(FakeChatModel model) {
    return new GroundedWriter(model).write("Where?", PASSAGES, Call.UNLIMITED, draft);
  }
}
