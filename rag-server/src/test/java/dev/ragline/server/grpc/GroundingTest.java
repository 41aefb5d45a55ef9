package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import dev.ragline.v1.AbstainReason;
import dev.ragline.v1.Answer;
import dev.ragline.v1.AnswerState;
import dev.ragline.v1.AskRequest;
import dev.ragline.v1.Corpus;
import dev.ragline.v1.GroundingSettings;
import dev.ragline.v1.GroundingSpec;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.Stage;
import dev.ragline.v1.UpdateCorpusRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When questions are answered, on the wire. */
class GroundingTest {
  private static final String CORPUS = "corpora/mills";

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.in(folder).start();
    server.createCorpus("mills");
    for (String word : List.of("mill", "oven", "ship")) {
      var _ = server.upload(CORPUS + "/documents/" + word, "The " + word + " stands there.\n");
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer ask(String question, AskRequest.Builder request) {
    return server
        .questions()
        .ask(request.setCorpus(CORPUS).setQuestion(question).build())
        .getAnswer();
  }

  private static AskRequest.Builder threshold(double threshold) {
    return AskRequest.newBuilder().setGrounding(GroundingSpec.newBuilder().setThreshold(threshold));
  }

  private Corpus update(GroundingSettings.Builder grounding) {
    return server
        .corpora()
        .updateCorpus(
            UpdateCorpusRequest.newBuilder()
                .setCorpus(Corpus.newBuilder().setName(CORPUS).setGrounding(grounding))
                .setUpdateMask(FieldMask.newBuilder().addPaths("grounding"))
                .build())
        .getCorpus();
  }

  @Test
  void ask_questionOfTheDocuments_isAnsweredWithItsRelevance() {
    Answer answer = ask("Where does the mill stand?", AskRequest.newBuilder());
    assertThat(answer.getState()).isEqualTo(AnswerState.ANSWER_STATE_COMPLETE);
    assertThat(answer.getRelevance()).isBetween(0.5, 1.0);
    assertThat(answer.getStagesList()).extracting(Stage::getName).contains("grounds", "gate");
  }

  @Test
  void ask_belowTheThreshold_abstainsWithTheNearestPassages() {
    Answer answer = ask("Where does the mill stand?", threshold(1));
    assertThat(answer.getState()).isEqualTo(AnswerState.ANSWER_STATE_ABSTAINED);
    assertThat(answer.getAbstainReason())
        .isEqualTo(AbstainReason.ABSTAIN_REASON_NO_RELEVANT_PASSAGE);
    assertThat(answer.getPassagesCount()).isPositive();
    assertThat(answer.hasRelevance()).isTrue();
    assertThat(answer.getStagesList()).extracting(Stage::getName).doesNotContain("generate");
  }

  @Test
  void ask_foreignQuestion_abstainsUnlessAnythingWillDo() {
    String foreign = "Who photographed a comet?";
    assertThat(ask(foreign, AskRequest.newBuilder()).getState())
        .isEqualTo(AnswerState.ANSWER_STATE_ABSTAINED);
    assertThat(ask(foreign, threshold(0)).getState()).isEqualTo(AnswerState.ANSWER_STATE_COMPLETE);
  }

  @Test
  void updateCorpus_grounding_holdsForQuestionsThatSayNothing() {
    assertThat(update(GroundingSettings.newBuilder().setThreshold(1)).getGrounding().getThreshold())
        .isEqualTo(1);
    assertThat(ask("Where does the mill stand?", AskRequest.newBuilder()).getState())
        .isEqualTo(AnswerState.ANSWER_STATE_ABSTAINED);
    assertThat(update(GroundingSettings.newBuilder()).hasGrounding()).isFalse();
    assertThat(ask("Where does the mill stand?", AskRequest.newBuilder()).getState())
        .isEqualTo(AnswerState.ANSWER_STATE_COMPLETE);
  }

  @Test
  void ask_filterThatLetsNothingPass_saysSo() {
    Answer answer =
        ask(
            "Where does the mill stand?",
            AskRequest.newBuilder()
                .setRetrieval(RetrievalSpec.newBuilder().setFilter("document.size < 3")));
    assertThat(answer.getAbstainReason())
        .isEqualTo(AbstainReason.ABSTAIN_REASON_FILTER_MATCHES_NOTHING);
    assertThat(answer.hasRelevance()).isFalse();
  }

  @Test
  void ask_thresholdOutOfRange_namesTheField() {
    Failure failure = Failure.of(() -> ask("Where?", threshold(1.5)));
    assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).containsExactly("grounding.threshold");
  }
}
