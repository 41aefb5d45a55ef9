package dev.ragline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragline.v1.CandidateTrace;
import dev.ragline.v1.DropReason;
import dev.ragline.v1.Passage;
import dev.ragline.v1.RankingStage;
import dev.ragline.v1.Rerank;
import dev.ragline.v1.RerankMode;
import dev.ragline.v1.RetrievalSpec;
import dev.ragline.v1.RetrieveRequest;
import dev.ragline.v1.RetrieveResponse;
import dev.ragline.v1.Retrieved;
import dev.ragline.v1.StageRank;
import dev.ragline.v1.StreamAskRequest;
import dev.ragline.v1.Warning;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Reranking and traces on the wire, on a server without a reranker. */
class RerankTest {
  private static final String CORPUS = "corpora/faq";

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.in(folder).start();
    server.createCorpus("faq");
    for (String word : List.of("mill", "oven", "ship")) {
      var _ = server.upload(CORPUS + "/documents/" + word, "# One\n\nThe " + word + ".\n");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RetrieveResponse retrieve(RetrievalSpec.Builder spec) {
    return server
        .questions()
        .retrieve(
            RetrieveRequest.newBuilder()
                .setCorpus(CORPUS)
                .setQuestion("The mill?")
                .setRetrieval(spec)
                .build());
  }

  private static RetrievalSpec.Builder rerank(RerankMode mode) {
    return RetrievalSpec.newBuilder().setRerank(Rerank.newBuilder().setMode(mode));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"RERANK_MODE_UNSPECIFIED", "RERANK_MODE_OFF", "RERANK_MODE_OPTIONAL"})
  void retrieve_noReranker_warnsWhoAskedForOne(RerankMode mode) {
    RetrieveResponse found = retrieve(rerank(mode));
    assertThat(found.getWarningsList())
        .extracting(Warning::getCode)
        .isEqualTo(
            mode == RerankMode.RERANK_MODE_OPTIONAL ? List.of("RERANK_UNAVAILABLE") : List.of());
    assertThat(found.getPassagesList()).hasSize(3).noneMatch(Passage::hasRerankScore);
    assertThat(found.getCandidatesList()).isEmpty();
  }

  @Test
  void retrieve_requiredWithoutReranker_isAFailedPrecondition() {
    Failure failure = Failure.of(() -> retrieve(rerank(RerankMode.RERANK_MODE_REQUIRED)));
    assertThat(failure.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(failure.reason()).isEqualTo("RERANKER_MISSING");
  }

  @Test
  void retrieve_candidatesOutOfRange_namesTheField() {
    Failure failure =
        Failure.of(
            () ->
                retrieve(
                    RetrievalSpec.newBuilder().setRerank(Rerank.newBuilder().setCandidates(1001))));
    assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.fields()).containsExactly("retrieval.rerank.candidates");
  }

  @Test
  void retrieve_explain_tracesEveryCandidate() {
    RetrieveResponse found = retrieve(RetrievalSpec.newBuilder().setLimit(1).setExplain(true));
    assertThat(found.getCandidatesList())
        .extracting(CandidateTrace::getDropped)
        .containsExactly(
            DropReason.DROP_REASON_UNSPECIFIED,
            DropReason.DROP_REASON_BELOW_LIMIT,
            DropReason.DROP_REASON_BELOW_LIMIT);
    CandidateTrace first = found.getCandidates(0);
    Passage passage = found.getPassages(0);
    assertThat(first.getChunk()).isEqualTo(passage.getChunk().getName());
    assertThat(first.getEvidence()).isEqualTo(passage.getEvidence());
    assertThat(first.getRanksList())
        .containsExactly(
            rank(RankingStage.RANKING_STAGE_DENSE).setScore(passage.getDenseScore()).build(),
            rank(RankingStage.RANKING_STAGE_LEXICAL).setScore(passage.getLexicalScore()).build(),
            rank(RankingStage.RANKING_STAGE_FUSED).setScore(first.getRanks(2).getScore()).build(),
            rank(RankingStage.RANKING_STAGE_EVIDENCE).setScore(passage.getFusedScore()).build(),
            rank(RankingStage.RANKING_STAGE_SELECTION).build());
  }

  private static StageRank.Builder rank(RankingStage stage) {
    return StageRank.newBuilder().setStage(stage).setRank(1);
  }

  @Test
  void streamAsk_explain_tracesWithThePassages() {
    List<Retrieved> retrieved = new ArrayList<>();
    server
        .questions()
        .streamAsk(
            StreamAskRequest.newBuilder()
                .setCorpus(CORPUS)
                .setQuestion("The mill?")
                .setRetrieval(RetrievalSpec.newBuilder().setExplain(true))
                .build())
        .forEachRemaining(
            response -> {
              if (response.getEvent().hasRetrieved()) {
                retrieved.add(response.getEvent().getRetrieved());
              }
            });
    assertThat(retrieved).hasSize(1);
    assertThat(retrieved.getFirst().getCandidatesList()).hasSize(3);
  }
}
