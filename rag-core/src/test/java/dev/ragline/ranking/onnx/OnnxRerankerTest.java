package dev.ragline.ranking.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.testing.CrossEncoderModel;
import dev.ragline.testing.TestExecution;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxRerankerTest {
  private static final String QUESTION = "What is the speed of an automobile?";
  private static final String SAME_WORDS = "What is the speed of an elephant?";
  private static final String SAME_MEANING = "A car is quick, and any vehicle is fast.";
  private static final String OTHER = "Bread from the oven.";
  private static final double[] NONE = {};

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init") // opened before any test
  private static OnnxReranker reranker;

  @BeforeAll
  static void open() {
    CrossEncoderModel.write(folder.resolve("tiny"));
    reranker = open(folder.resolve("tiny"));
  }

  private static OnnxReranker open(Path model) {
    return OnnxReranker.open(model, TestExecution.SHARED.compute());
  }

  @AfterAll
  static void close() {
    if (reranker != null) {
      reranker.close();
    }
  }

  private static double[] scores(String question, String... passages) {
    return reranker.score(question, List.of(passages), Call.UNLIMITED);
  }

  @Test
  void score_meaning_countsMoreThanWords() {
    double[] scores = scores(QUESTION, SAME_WORDS, OTHER, SAME_MEANING);
    assertThat(scores[2]).isGreaterThan(scores[0] + 0.2);
    assertThat(scores[0]).isGreaterThan(scores[1] + 0.2);
    assertThat(Arrays.stream(scores)).allMatch(score -> score > 0 && score < 1);
    assertThat(reranker.model()).isEqualTo("tiny");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no-types", "two-labels"})
  void score_everyKindOfGraph_agreesWithTheReferenceEvaluator(String option) throws IOException {
    Path model = folder.resolve("like-" + option);
    CrossEncoderModel.write(model, option.isEmpty() ? new String[0] : new String[] {option});
    JsonNode pairs = new ObjectMapper().readTree(model.resolve("scores.json").toFile());
    assertThat(pairs).isNotEmpty();
    try (OnnxReranker one = open(model)) {
      for (JsonNode pair : pairs) {
        double[] scores =
            one.score(
                pair.get("question").asText(),
                List.of(pair.get("passage").asText()),
                Call.UNLIMITED);
        assertThat(scores[0]).isCloseTo(pair.get("score").asDouble(), within(1e-5));
      }
    }
  }

  @Test
  void score_amongOthersAndInParallel_isBitForBitTheSame() throws Exception {
    List<String> passages = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      passages.add((i % 3 == 0 ? SAME_WORDS : SAME_MEANING) + " A stone.".repeat(i));
    }
    double[] alone =
        passages.stream().mapToDouble(passage -> scores(QUESTION, passage)[0]).toArray();
    try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
      List<Future<double[]>> calls = new ArrayList<>();
      for (int c = 0; c < 4; c++) {
        calls.add(callers.submit(() -> reranker.score(QUESTION, passages, Call.UNLIMITED)));
      }
      for (Future<double[]> call : calls) {
        assertThat(call.get()).containsExactly(alone);
      }
    }
  }

  @Test
  void score_passageTooLong_losesItsEnd() {
    String stones = "stone ".repeat(55);
    assertThat(scores(QUESTION, "The car is fast. " + stones)[0]).isGreaterThan(0.9);
    double without = scores(QUESTION, stones)[0];
    assertThat(scores(QUESTION, stones + " The car is fast.")[0]).isEqualTo(without);
    assertThat(scores(QUESTION, stones + "🪨 né ".repeat(3000))[0]).isEqualTo(without);
  }

  @Test
  void score_questionTooLong_leavesThePassageHalfOfTheRoom() {
    String question = "mill " + "the ".repeat(3000) + "automobile";
    double[] scores = scores(question, "The mill.", "The car.");
    assertThat(scores[0]).isGreaterThan(0.9);
    assertThat(scores[1]).isLessThan(0.9);
  }

  @Test
  void score_nothingToRead_isAScore() {
    assertThat(scores(QUESTION, "")[0]).isLessThan(0.1);
    assertThat(scores("🪨", "🪨")).hasSize(1);
    assertThat(scores(QUESTION)).isEqualTo(NONE);
  }

  @Test
  void score_deadlinePassed_endsWithDeadlineExceeded() {
    Call passed = Call.within(Duration.ZERO);
    assertThatThrownBy(() -> reranker.score(QUESTION, List.of(OTHER), passed))
        .isInstanceOfSatisfying(
            RagException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
              assertThat(e).hasMessageContaining("rerank");
            });
  }

  @Test
  void open_noFolder_saysWhatIsWanted() {
    assertThatThrownBy(() -> open(folder.resolve("absent")))
        .isInstanceOfSatisfying(
            RagException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining("rerank.model: ")
        .hasMessageContaining("absent' is not a folder")
        .hasMessageContaining("tokenizer.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.onnx", "tokenizer.json"})
  void open_aFileMissingOrBroken_isNamed(String file, @TempDir Path broken) throws IOException {
    copyModel(broken);
    Files.writeString(broken.resolve(file), "no such thing");
    assertThatThrownBy(() -> open(broken))
        .isInstanceOf(RagException.class)
        .hasMessageContaining(broken + "' cannot be used");
    Files.delete(broken.resolve(file));
    assertThatThrownBy(() -> open(broken))
        .isInstanceOf(RagException.class)
        .hasMessageContaining(broken + " is unusable")
        .hasMessageContaining(file);
  }

  @Test
  void open_configThatIsNoJson_saysSo(@TempDir Path broken) throws IOException {
    copyModel(broken);
    Files.writeString(broken.resolve("config.json"), "{");
    assertThatThrownBy(() -> open(broken)).hasMessageContaining("config.json is not JSON");
  }

  @Test
  void open_classifierOfMoreThanTwoLabels_isRefused() {
    Path model = folder.resolve("three");
    CrossEncoderModel.write(model, "three-labels");
    assertThatThrownBy(() -> open(model))
        .isInstanceOf(RagException.class)
        .hasMessageContaining("3 labels");
  }

  @Test
  void open_embeddingModel_isRefused(@TempDir Path embedder) throws IOException {
    copyResource("/all-minilm-l6-v2-q.onnx", embedder.resolve("model.onnx"));
    copyResource("/all-minilm-l6-v2-q-tokenizer.json", embedder.resolve("tokenizer.json"));
    assertThatThrownBy(() -> open(embedder))
        .isInstanceOf(RagException.class)
        .hasMessageContaining("no cross-encoder");
  }

  private static void copyModel(Path to) throws IOException {
    for (String name : List.of("model.onnx", "tokenizer.json", "config.json")) {
      Files.copy(folder.resolve("tiny").resolve(name), to.resolve(name));
    }
  }

  private static void copyResource(String resource, Path to) throws IOException {
    try (InputStream in = OnnxRerankerTest.class.getResourceAsStream(resource)) {
      assertThat(in).isNotNull();
      Files.copy(in, to);
    }
  }
}
