package dev.ragline.ranking.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragline.document.RagException;
import dev.ragline.onnx.ModelFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * A cross-encoder exported to a folder, in the layout of Hugging Face's libraries: {@code
 * model.onnx} and {@code tokenizer.json} must be there; {@code config.json} and {@code
 * tokenizer_config.json} say how long a pair may be, 512 tokens where they say nothing.
 *
 * @param maxTokens of a pair, special tokens included
 * @param weights the ONNX graph
 * @param tokenizer a Hugging Face {@code tokenizer.json}
 */
record CrossEncoder(String name, int maxTokens, byte[] weights, byte[] tokenizer) {
  /** What names the folder in the configuration. */
  static final String SETTING = "rerank.model";

  private static final int USUAL_TOKENS = 512;

  /** Models that count positions from behind the number of the padding token. */
  private static final Set<String> SHIFTED =
      Set.of("roberta", "xlm-roberta", "camembert", "mpnet", "xlm-roberta-xl");

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
    JsonNode config = files.config("config.json");
    // A number as large as 1e30 stands for none.
    double byTokenizer =
        files.config("tokenizer_config.json").path("model_max_length").asDouble(Integer.MAX_VALUE);
    int positions = config.path("max_position_embeddings").asInt(USUAL_TOKENS);
    if (SHIFTED.contains(config.path("model_type").asText())) {
      positions -= config.path("pad_token_id").asInt(1) + 1;
    }
    return (int) Math.min(byTokenizer, positions);
  }
}
