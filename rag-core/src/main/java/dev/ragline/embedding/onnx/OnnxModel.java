package dev.ragline.embedding.onnx;

import dev.ragline.document.RagException;
import dev.ragline.onnx.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exported sentence transformer: weights, tokenizer, and what turns the one's output into a
 * vector.
 *
 * @param pooling null where nothing says it
 * @param questionPrefix what the model wants before a question; may be empty
 * @param passagePrefix what the model wants before a passage; may be empty
 * @param weights of the ONNX graph
 * @param tokenizer a Hugging Face {@code tokenizer.json}
 */
record OnnxModel(
    String name,
    @Nullable Pooling pooling,
    int maxTokens,
    String questionPrefix,
    String passagePrefix,
    Weights weights,
    byte[] tokenizer) {

  /** Names of the models that come with Ragline. */
  static final List<String> BUNDLED = List.of("all-minilm-l6-v2", "bge-small-en");

  /**
   * Loads a model by the name of a bundled one, or from a folder.
   *
   * @throws RagException INVALID_ARGUMENT for a name that is neither, or a folder that lacks a file
   */
  static OnnxModel load(String nameOrFolder) {
    return switch (nameOrFolder) {
      case "all-minilm-l6-v2" -> bundled(nameOrFolder, "all-minilm-l6-v2-q", Pooling.MEAN, 256, "");
      case "bge-small-en" ->
          bundled(
              nameOrFolder,
              "bge-small-en-v1.5-q",
              Pooling.CLS,
              512,
              "Represent this sentence for searching relevant passages: ");
      default -> {
        Path folder = Path.of(nameOrFolder);
        if (!Files.isDirectory(folder)) {
          throw RagException.invalid(
              "embedding",
              "'%s' is neither a folder nor one of %s".formatted(nameOrFolder, BUNDLED));
        }
        yield ModelFolder.load(folder);
      }
    };
  }

  private static OnnxModel bundled(
      String name, String resource, Pooling pooling, int maxTokens, String questionPrefix) {
    return new OnnxModel(
        name,
        pooling,
        maxTokens,
        questionPrefix,
        "",
        Weights.of(resource("/" + resource + ".onnx")),
        resource("/" + resource + "-tokenizer.json"));
  }

  private static byte[] resource(String path) {
    try (InputStream in = OnnxModel.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the model's artifact is not on the class path: " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
