package dev.ragline.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ragline.document.ErrorCode;
import dev.ragline.document.ErrorDetail;
import dev.ragline.document.RagException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder with a model as Hugging Face's libraries export it; what cannot be read is named.
 *
 * @param setting what names the folder in the configuration, for messages
 */
public record ModelFiles(String setting, Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> WEIGHTS =
      List.of("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx");

  /** What the model is called: the folder's own name. */
  public String name() {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }

  /**
   * The graph, from the first of the usual places.
   *
   * @throws RagException INVALID_ARGUMENT where there is none
   */
  public byte[] weights() {
    return read(
        WEIGHTS.stream()
            .filter(name -> Files.isRegularFile(folder.resolve(name)))
            .findFirst()
            .orElseThrow(() -> unusable("there is none of " + WEIGHTS)));
  }

  /**
   * A file's bytes.
   *
   * @throws RagException INVALID_ARGUMENT where it cannot be read
   */
  public byte[] read(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException e) {
      throw unusable(name + " cannot be read");
    }
  }

  /**
   * What a file of JSON says; an empty object where there is no such file.
   *
   * @throws RagException INVALID_ARGUMENT where it is something else
   */
  public JsonNode config(String name) {
    if (!Files.isRegularFile(folder.resolve(name))) {
      return JSON.createObjectNode();
    }
    try {
      return JSON.readTree(read(name));
    } catch (IOException e) {
      throw unusable(name + " is not JSON");
    }
  }

  /** The folder lacks something. */
  public RagException unusable(String why) {
    return RagException.invalid(setting, "the model folder " + folder + " is unusable: " + why);
  }

  /**
   * All files are there, but they cannot be used.
   *
   * @param model a folder, or the name of a bundled model
   */
  public static RagException unusable(String setting, String model, Throwable cause) {
    String why = "the model '" + model + "' cannot be used: " + cause.getMessage();
    return new RagException(
        ErrorCode.INVALID_ARGUMENT,
        "INVALID_FIELD",
        why.lines().findFirst().orElse(why),
        cause,
        new ErrorDetail.BadField(setting, why));
  }
}
