package dev.ragline.embedding.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragline.onnx.ModelFiles;
import java.nio.file.Path;

/**
 * Reads a sentence transformer exported to a folder, in the layout of the sentence-transformers
 * library: {@code model.onnx}, {@code tokenizer.json}, {@code 1_Pooling/config.json}, {@code
 * sentence_bert_config.json} and {@code config_sentence_transformers.json}. The first two must be
 * there; without the others the model pools by mean, reads 512 tokens and wants no prefix.
 */
final class ModelFolder {
  private ModelFolder() {}

  static OnnxModel load(Path folder) {
    ModelFiles files = new ModelFiles("embedding", folder);
    JsonNode pooling = files.config("1_Pooling/config.json");
    JsonNode prompts = files.config("config_sentence_transformers.json").path("prompts");
    boolean cls = pooling.path("pooling_mode_cls_token").asBoolean(false);
    boolean mean = pooling.path("pooling_mode_mean_tokens").asBoolean(!cls);
    if (cls == mean) {
      throw files.unusable(
          "1_Pooling/config.json asks for neither or both of cls and mean pooling");
    }
    return new OnnxModel(
        files.name(),
        cls ? Pooling.CLS : Pooling.MEAN,
        files.config("sentence_bert_config.json").path("max_seq_length").asInt(512),
        prompts.path("query").asText(""),
        prompts.path("passage").asText(prompts.path("document").asText("")),
        files.weights(),
        files.read("tokenizer.json"));
  }
}
