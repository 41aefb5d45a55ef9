package dev.ragline.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ragline.call.Call;
import dev.ragline.document.RagException;
import dev.ragline.embedding.Vectors;
import dev.ragline.testing.PythonEnvironment;
import dev.ragline.testing.Requirements;
import dev.ragline.testing.TakesMinutes;
import dev.ragline.testing.TestExecution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Folders that sentence-transformers wrote give the vectors that it gives itself. {@code
 * sentence_transformers_folders.py} says what they are.
 */
@TakesMinutes
class SentenceTransformersFoldersTest {
  private static final int PYTHON_MINOR = 11;
  private static final double SAME = 0.9999;

  /** Of two texts by the library: otherwise nothing was compared. */
  private static final double OTHER = 0.99;

  @TempDir
  @SuppressWarnings("NullAway.Init") // made before all tests
  private static Path folders;

  @SuppressWarnings("NullAway.Init") // read before all tests
  private static JsonNode library;

  @BeforeAll
  static void write() throws IOException {
    Path scripts = Requirements.root().resolve("rag-core/src/test/python");
    PythonEnvironment.exactly(
            scripts.resolve("sentence-transformers-requirements.txt"), PYTHON_MINOR)
        .run(scripts.resolve("sentence_transformers_folders.py").toString(), folders.toString());
    library = new ObjectMapper().readTree(folders.resolve("vectors.json").toFile());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cls",
        "mean",
        "max",
        "last-token",
        "normalize",
        "lower-case",
        "prompts",
        "roberta",
        "decoder"
      })
  void embed_folderOfTheLibrary_givesItsVectors(String kind) {
    try (OnnxEmbedder embedder = open(kind)) {
      Texts passages = Texts.of(library.path(kind).path("passages"));
      passages.assertSame(embedder.embedPassages(passages.texts(), Call.UNLIMITED));
      Texts questions = Texts.of(library.path(kind).path("questions"));
      questions.assertSame(
          questions.texts().stream()
              .map(question -> embedder.embedQuestion(question, Call.UNLIMITED).vector())
              .toList());
    }
  }

  @Test
  void open_folderWithDense_isRefusedByName() {
    assertThatThrownBy(() -> open("dense"))
        .isInstanceOf(RagException.class)
        .hasMessageContaining("modules.json names the module 'Dense'");
  }

  private static OnnxEmbedder open(String kind) {
    return OnnxEmbedder.open(folders.resolve(kind).toString(), TestExecution.SHARED.compute());
  }

  /** Texts and the library's vectors of them. */
  private record Texts(List<String> texts, List<float[]> vectors) {
    static Texts of(JsonNode said) {
      List<String> texts = new ArrayList<>();
      List<float[]> vectors = new ArrayList<>();
      for (JsonNode one : said) {
        texts.add(one.path("text").asText());
        float[] vector = new float[one.path("vector").size()];
        for (int d = 0; d < vector.length; d++) {
          vector[d] = (float) one.path("vector").path(d).asDouble();
        }
        vectors.add(vector);
      }
      return new Texts(texts, vectors);
    }

    void assertSame(List<float[]> actual) {
      assertThat(actual).hasSameSizeAs(texts).hasSizeGreaterThan(1);
      for (int i = 0; i < texts.size(); i++) {
        assertThat(Vectors.dot(actual.get(i), vectors.get(i)))
            .as(texts.get(i))
            .isGreaterThanOrEqualTo(SAME);
        float[] other = vectors.get((i + 1) % texts.size());
        assertThat(Vectors.dot(vectors.get(i), other)).isLessThan(OTHER);
      }
    }
  }
}
