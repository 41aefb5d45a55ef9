package dev.ragline.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ragline.call.Call;
import dev.ragline.embedding.PassageEmbedding;
import dev.ragline.embedding.SentencedText;
import dev.ragline.embedding.Vectors;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which graph of a folder is taken, what it is given, and which of its outputs is read. */
class ModelGraphTest {
  @TempDir private Path place;

  @SuppressWarnings("NullAway.Init") // made before each test
  private TinyFolder folder;

  @BeforeEach
  void write() {
    folder = new TinyFolder(place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.onnx",
        "onnx/model.onnx",
        "onnx/model_quint8_avx2.onnx",
        "onnx/model_qint8_avx512_vnni.onnx",
        "model_int8.onnx",
        "model_fp16.onnx",
        "model_quantized.onnx",
      })
  void open_oneGraph_isTakenWhateverItsName(String name) {
    folder.with(name, TinyFolder.usual());
    TinyFolder.assertClose(folder.embed(), TinyFolder.mean());
  }

  @Test
  void open_severalGraphs_takesTheOneCalledModel() {
    folder.with("onnx/model.onnx", TinyFolder.usual()).with("onnx/model_int8.onnx", "no graph");
    TinyFolder.assertClose(folder.embed(), TinyFolder.mean());
  }

  @Test
  void open_severalGraphsNoneCalledModel_namesThem() {
    folder
        .with("onnx/model_int8.onnx", TinyFolder.usual())
        .with("onnx/model_fp16.onnx", TinyFolder.usual());
    folder.assertRefused("onnx/model_fp16.onnx, onnx/model_int8.onnx");
  }

  @Test
  void open_noGraph_namesWhatWasLookedFor() {
    folder.assertRefused("unusable", "model.onnx", "onnx/model.onnx");
  }

  @Test
  void open_dataBesideTheGraph_isReadAndInTheFingerprint() {
    byte[] data = TinyOnnx.raw(TinyFolder.TOKENS);
    folder.with("onnx/model.onnx", withData()).with("onnx/model.onnx_data", data);
    TinyFolder.assertClose(folder.embed(), TinyFolder.mean());
    String before = folder.fingerprint();
    assertThat(folder.fingerprint()).isEqualTo(before);
    data[data.length - 1] ^= 1;
    assertThat(folder.with("onnx/model.onnx_data", data).fingerprint()).isNotEqualTo(before);
  }

  private static byte[] withData() {
    return new TinyOnnx()
        .input("input_ids")
        .tableIn("model.onnx_data", "tokens", TinyFolder.TOKENS)
        .node("Gather", "last_hidden_state", "tokens", "input_ids")
        .output("last_hidden_state", TinyOnnx.FLOAT, 3)
        .write();
  }

  @Test
  void open_dataMissing_isRefused() {
    folder.with("onnx/model.onnx", withData());
    folder.assertRefused(place.toString(), "cannot be used", "model.onnx_data");
  }

  @Test
  void embed_positionsWanted_countsThemFromZero() {
    float[][] rows = TinyFolder.rows();
    float[][] positions = TinyFolder.random(rows.length);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = rows[i].clone();
      for (int d = 0; d < TinyFolder.DIMENSION; d++) {
        rows[i][d] += positions[i][d];
      }
    }
    folder.with("model.onnx", TinyFolder.withPositions(512));
    TinyFolder.assertClose(folder.embed(), TinyFolder.mean(rows));
  }

  @Test
  void embed_halves_areReadAsNumbers() {
    folder.with(
        "model.onnx",
        TinyFolder.lookUp("words")
            .node("Cast", "last_hidden_state", "to", TinyOnnx.FLOAT16, "words")
            .output("last_hidden_state", TinyOnnx.FLOAT16, 3)
            .write());
    assertThat(Vectors.dot(folder.embed(), TinyFolder.mean())).isCloseTo(1.0, within(1e-5));
  }

  @Test
  void open_otherInput_isRefusedByName() {
    folder.with(
        "model.onnx",
        TinyFolder.lookUp("last_hidden_state")
            .input("task_id")
            .output("last_hidden_state", TinyOnnx.FLOAT, 3)
            .write());
    folder.assertRefused(place.toString(), "'task_id'");
  }

  @Test
  void open_classifier_isRefusedByItsOutput() {
    folder.with(
        "model.onnx",
        TinyFolder.lookUp("words")
            .mean("logits", "words")
            .output("logits", TinyOnnx.FLOAT, 2)
            .write());
    folder.assertRefused(place.toString(), "'logits'", "[1, 4]", "no embedding model");
  }

  @Test
  void open_classifierOfTokens_isRefusedByItsOutput() {
    folder.with(
        "model.onnx", TinyFolder.lookUp("logits").output("logits", TinyOnnx.FLOAT, 3).write());
    folder.assertRefused("'logits'", "no embedding model");
  }

  @Test
  void embed_onlyOneVectorAText_isTakenAsItIs() {
    folder.with(
        "model.onnx",
        TinyFolder.lookUp("words")
            .index("last", -1)
            .node("Gather", "sentence_embedding", "axis", 1, "words", "last")
            .output("sentence_embedding", TinyOnnx.FLOAT, 2)
            .write());
    TinyFolder.assertClose(folder.embed(), Vectors.normalize(List.of(TinyFolder.rows()).getLast()));
    assertThat(sentences()).isEmpty();
  }

  @Test
  void embed_tokensBesideTheText_poolsAsTheGraphDoes() {
    folder.with(
        "model.onnx",
        TinyFolder.lookUp("token_embeddings")
            .index("first", 0)
            .node("Gather", "sentence_embedding", "axis", 1, "token_embeddings", "first")
            .output("token_embeddings", TinyOnnx.FLOAT, 3)
            .output("sentence_embedding", TinyOnnx.FLOAT, 2)
            .write());
    TinyFolder.assertClose(folder.embed(), Vectors.normalize(TinyFolder.rows()[0]));
    assertThat(sentences()).hasSize(1);
  }

  @Test
  void embed_textThatIsNoPoolingOfTokens_isTakenAsItIs() {
    folder.with(
        "model.onnx",
        TinyFolder.lookUp("token_embeddings")
            .mean("mean", "token_embeddings")
            .node("Neg", "sentence_embedding", "mean")
            .output("token_embeddings", TinyOnnx.FLOAT, 3)
            .output("sentence_embedding", TinyOnnx.FLOAT, 2)
            .write());
    assertThat(Vectors.dot(folder.embed(), TinyFolder.mean())).isCloseTo(-1, within(1e-6));
    assertThat(sentences()).isEmpty();
  }

  @Test
  void embed_filesNameAnotherPoolingThanTheGraph_theGraphCounts() {
    folder
        .with("1_Pooling/config.json", "{'pooling_mode': 'cls'}")
        .with(
            "model.onnx",
            TinyFolder.lookUp("token_embeddings")
                .mean("sentence_embedding", "token_embeddings")
                .output("token_embeddings", TinyOnnx.FLOAT, 3)
                .output("sentence_embedding", TinyOnnx.FLOAT, 2)
                .write());
    TinyFolder.assertClose(folder.embed(), TinyFolder.mean());
    assertThat(sentences()).isEmpty();
  }

  private List<float[]> sentences() {
    SentencedText text =
        new SentencedText(
            TinyFolder.TEXT, List.of(new SentencedText.Place(0, TinyFolder.TEXT.length())));
    try (OnnxEmbedder embedder = folder.open()) {
      PassageEmbedding found = embedder.embedSentences(List.of(text), Call.UNLIMITED).getFirst();
      return found.sentences();
    }
  }
}
