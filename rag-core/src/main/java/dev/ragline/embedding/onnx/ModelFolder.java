package dev.ragline.embedding.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ragline.document.RagException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a sentence transformer exported to a folder, in the layout of the sentence-transformers
 * library: {@code model.onnx}, {@code tokenizer.json}, {@code 1_Pooling/config.json}, {@code
 * sentence_bert_config.json} and {@code config_sentence_transformers.json}. The first two must be
 * there; without the others the model pools by mean, reads 512 tokens and wants no prefix.
 */
final class ModelFolder {
  private static final List<String> WEIGHTS =
      List.of("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx");

  private final Path folder;
  private final ObjectMapper json = new ObjectMapper();

  private ModelFolder(Path folder) {
    this.folder = folder;
  }

  static OnnxModel load(Path folder) {
    return new ModelFolder(folder).load();
  }

  private OnnxModel load() {
    JsonNode pooling = config("1_Pooling/config.json");
    JsonNode prompts = config("config_sentence_transformers.json").path("prompts");
    boolean cls = pooling.path("pooling_mode_cls_token").asBoolean(false);
    boolean mean = pooling.path("pooling_mode_mean_tokens").asBoolean(!cls);
    if (cls == mean) {
      throw unusable("1_Pooling/config.json asks for neither or both of cls and mean pooling");
    }
    return new OnnxModel(
        folder.toAbsolutePath().normalize().getFileName().toString(),
        cls ? Pooling.CLS : Pooling.MEAN,
        config("sentence_bert_config.json").path("max_seq_length").asInt(512),
        prompts.path("query").asText(""),
        prompts.path("passage").asText(prompts.path("document").asText("")),
        read(
            WEIGHTS.stream()
                .filter(name -> Files.isRegularFile(folder.resolve(name)))
                .findFirst()
                .orElseThrow(() -> unusable("there is none of " + WEIGHTS))),
        read("tokenizer.json"));
  }

  private byte[] read(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException e) {
      throw unusable(name + " cannot be read");
    }
  }

  private JsonNode config(String name) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      return json.createObjectNode();
    }
    try {
      return json.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw unusable(name + " is not JSON");
    }
  }

  private RagException unusable(String why) {
    return RagException.invalid("embedding", "the model folder " + folder + " is unusable: " + why);
  }
}
