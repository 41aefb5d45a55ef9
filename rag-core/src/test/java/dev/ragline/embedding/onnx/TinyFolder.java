package dev.ragline.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ragline.call.Call;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.RagException;
import dev.ragline.embedding.Vectors;
import dev.ragline.testing.TestExecution;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * A model folder with a graph that looks up a vector for each token, and the tokenizer of a bundled
 * model.
 */
final class TinyFolder {
  static final int DIMENSION = 4;
  static final float[][] TOKENS = random(30_522);
  static final String TEXT = "How is data stored in milvus?";

  private final Path folder;

  TinyFolder(Path folder) {
    this.folder = folder;
    try (InputStream tokenizer =
        TinyFolder.class.getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json")) {
      Files.copy(tokenizer, folder.resolve("tokenizer.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static float[][] random(int rows) {
    Random random = new Random(7);
    float[][] table = new float[rows][DIMENSION];
    for (float[] row : table) {
      for (int d = 0; d < DIMENSION; d++) {
        row[d] = random.nextFloat() - 0.4f;
      }
    }
    return table;
  }

  /** A graph without outputs, in which {@code name} has a vector for each token. */
  static TinyOnnx lookUp(String name) {
    return new TinyOnnx()
        .input("input_ids")
        .table("tokens", TOKENS)
        .node("Gather", name, "tokens", "input_ids");
  }

  /** The usual graph: one output, for each token. */
  static byte[] usual() {
    return lookUp("last_hidden_state").output("last_hidden_state", TinyOnnx.FLOAT, 3).write();
  }

  /** A graph with so many positions. */
  static byte[] withPositions(int positions) {
    return lookUp("words")
        .input("position_ids")
        .table("positions", random(positions))
        .node("Gather", "places", "positions", "position_ids")
        .node("Add", "last_hidden_state", "words", "places")
        .output("last_hidden_state", TinyOnnx.FLOAT, 3)
        .write();
  }

  TinyFolder with(String file, byte[] content) {
    try {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.write(folder.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** A file of JSON, whose strings are in single quotes here. */
  TinyFolder with(String file, String json) {
    return with(file, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  OnnxEmbedder open() {
    return OnnxEmbedder.open(folder.toString(), TestExecution.SHARED.compute());
  }

  /** The vector of {@link #TEXT}. */
  float[] embed() {
    try (OnnxEmbedder embedder = open()) {
      return embedder.embedQuestion(TEXT, Call.UNLIMITED).vector();
    }
  }

  int maxTokens() {
    try (OnnxEmbedder embedder = open()) {
      return embedder.model().maxTokens() + 2;
    }
  }

  String fingerprint() {
    try (OnnxEmbedder embedder = open()) {
      return embedder.model().fingerprint();
    }
  }

  /** The vectors of the tokens of {@link #TEXT}, special ones included. */
  static float[][] rows() {
    try (InputStream json =
            TinyFolder.class.getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json");
        Tokenizer tokenizer = new Tokenizer(json.readAllBytes(), 256)) {
      long[] window = tokenizer.window(tokenizer.ids(TEXT), 0);
      float[][] rows = new float[window.length][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = TOKENS[(int) window[i]];
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static float[] mean() {
    return mean(rows());
  }

  static float[] mean(float[][] rows) {
    int[] once = new int[rows.length];
    Arrays.fill(once, 1);
    return Vectors.normalize(Vectors.weightedMean(rows, once));
  }

  /** The server is not started with it, and one line that holds these parts says why. */
  void assertRefused(String... parts) {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            RagException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
              assertThat(e).hasMessageContainingAll(parts);
              assertThat(e.getMessage()).doesNotContain("\n");
            });
  }

  /** Two vectors of length 1 point into the same direction. */
  static void assertClose(float[] actual, float[] expected) {
    assertThat(Vectors.dot(actual, expected)).isCloseTo(1.0, within(1e-6));
  }
}
