package dev.ragline.ranking.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.testing.RerankScript;
import dev.ragline.testing.ScriptedLlmTest;
import dev.ragline.testing.TestExecution;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteRerankerTest extends ScriptedLlmTest {
  private static final String QUESTION = "Where is metadata stored?";
  private static final List<String> PASSAGES =
      List.of("Vectors are elsewhere.", "Metadata is stored in etcd.", "Stored data is where?");

  private RemoteReranker open(int batchSize, String... scripts) {
    RemoteRerankerConfig config =
        RemoteRerankerConfig.resolve(
            List.of(scripts).stream().map(llm::baseUrl).toList(),
            "rank-1",
            batchSize,
            Map.of("RAGLINE_RERANK_KEY", "sk-secret"));
    return RemoteReranker.open(
        config, TestExecution.SHARED.waiting(), Call.within(Duration.ofSeconds(30)));
  }

  private static double[] expected(List<String> passages) {
    return passages.stream().mapToDouble(p -> RerankScript.scoreOf(QUESTION, p)).toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ok", "texts", "logits"})
  void score_endpointOfAnyKind_givesProbabilitiesInOrder(String script) {
    try (RemoteReranker reranker = open(64, script)) {
      assertThat(reranker.model()).isEqualTo("rank-1");
      assertThat(reranker.score(QUESTION, PASSAGES, Call.UNLIMITED))
          .containsExactly(expected(PASSAGES), within(1e-9));
    }
    assertThat(llm.awaitRequests(2).getLast().at("/headers/authorization").asText())
        .isEqualTo("Bearer sk-secret");
    assertThat(llm.awaitRequests(2).getLast().path("path").asText())
        .isEqualTo("/script/" + script + "/v1/rerank");
  }

  @Test
  void score_manyPassages_areSentInBatches() {
    List<String> passages = IntStream.range(0, 50).mapToObj(i -> "stored " + i).toList();
    try (RemoteReranker reranker = open(16, "ten-texts")) {
      assertThat(reranker.score(QUESTION, passages, Call.UNLIMITED))
          .containsExactly(expected(passages), within(1e-9));
      int before = llm.awaitRequests(1).size();
      var _ = reranker.score(QUESTION, passages, Call.UNLIMITED);
      assertThat(llm.awaitRequests(1).size() - before).as("size is remembered").isEqualTo(7);
    }
  }

  @Test
  void score_passageIsTooLong_readsItsBeginning() {
    String passage = "metadata " + "is ".repeat(200);
    try (RemoteReranker reranker = open(64, "200-letters")) {
      assertThat(reranker.score(QUESTION, List.of(passage), Call.UNLIMITED))
          .containsExactly(expected(List.of("metadata is")), within(1e-9));
    }
  }

  @Test
  void score_nothing_asksNothing() {
    try (RemoteReranker reranker = open(64, "ok")) {
      assertThat(reranker.score(QUESTION, List.of(), Call.UNLIMITED)).isEmpty();
    }
    assertThat(llm.awaitRequests(1)).hasSize(1);
  }

  @Test
  void open_firstEndpointFails_isServedByTheSecond() {
    try (RemoteReranker reranker = open(64, "503", "ok")) {
      assertThat(reranker.score(QUESTION, PASSAGES, Call.UNLIMITED)).hasSize(3);
    }
  }

  @Test
  void score_secondEndpointHasAnotherScale_givesTheSameProbabilities() {
    try (RemoteReranker reranker = open(64, "down-later", "logits")) {
      assertThat(reranker.score(QUESTION, PASSAGES, Call.UNLIMITED))
          .containsExactly(expected(PASSAGES), within(1e-9));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "401, FAILED_PRECONDITION, RERANK_KEY_REFUSED",
    "404, FAILED_PRECONDITION, RERANK_MODEL_UNKNOWN",
    "429, RESOURCE_EXHAUSTED, RERANK_RATE_LIMITED",
    "500, UNAVAILABLE, RERANK_FAILED",
    "error-in-200, UNAVAILABLE, RERANK_FAILED",
    "missing, UNAVAILABLE, RERANK_UNUSABLE",
    "html, FAILED_PRECONDITION, RERANK_UNUSABLE",
  })
  void open_fault_isMapped(String script, ErrorCode code, String reason) {
    assertThatThrownBy(() -> open(64, script))
        .hasMessageStartingWith("the reranking model at http://127.0.0.1:")
        .hasMessageNotContaining("sk-secret")
        .asInstanceOf(type(RagException.class))
        .returns(code, RagException::code)
        .returns(reason, RagException::reason);
  }

  @Test
  void open_deadlinePasses_isDeadlineExceeded() {
    RemoteRerankerConfig config =
        RemoteRerankerConfig.resolve(
            List.of(llm.baseUrl("stall-before-headers")), "m", 2, Map.of());
    assertThatThrownBy(
            () ->
                RemoteReranker.open(
                    config, TestExecution.SHARED.waiting(), Call.within(Duration.ofMillis(300))))
        .asInstanceOf(type(RagException.class))
        .returns(ErrorCode.DEADLINE_EXCEEDED, RagException::code);
    assertThat(llm.awaitRequests(1)).hasSize(1);
    assertThat(llm.awaitClosed(1)).isEqualTo(1);
  }
}
