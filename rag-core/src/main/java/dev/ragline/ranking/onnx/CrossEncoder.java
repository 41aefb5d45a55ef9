package dev.ragline.ranking.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragline.document.RagException;
import dev.ragline.onnx.ModelFiles;
import dev.ragline.onnx.TokenLimits;
import dev.ragline.onnx.Weights;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A cross-encoder exported to a folder, in the layout of Hugging Face's libraries: {@code
 * model.onnx} and {@code tokenizer.json} must be there; {@code config.json} and {@code
 * tokenizer_config.json} say how long a pair may be, 512 tokens where they say nothing.
 *
 * @param maxTokens of a pair, special tokens included
 * @param weights of the ONNX graph
 * @param tokenizer a Hugging Face {@code tokenizer.json}
 */
record CrossEncoder(String name, int maxTokens, Weights weights, byte[] tokenizer) {
  /** What names the folder in the configuration. */
  static final String SETTING = "rerank.model";

  private static final int USUAL_TOKENS = 512;

  /**
   * Reads the folder.
   *
   * @throws RagException INVALID_ARGUMENT when it is none, or lacks a file
   */
  static CrossEncoder load(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw RagException.invalid(
          SETTING,
          "'%s' is not a folder; give one with a cross-encoder's model.onnx and tokenizer.json"
              .formatted(folder));
    }
    ModelFiles files = new ModelFiles(SETTING, folder);
    return new CrossEncoder(
        files.name(), maxTokens(files), files.weights(), files.read("tokenizer.json"));
  }

  private static int maxTokens(ModelFiles files) {
    int positions = TokenLimits.ofPositions(files.config("config.json")).orElse(USUAL_TOKENS);
    JsonNode limit = files.config("tokenizer_config.json").path("model_max_length");
    return Math.min(positions, TokenLimits.limit(limit).orElse(positions));
  }
}
