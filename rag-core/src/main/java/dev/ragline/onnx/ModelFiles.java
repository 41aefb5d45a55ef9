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
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder with a model as Hugging Face's libraries export it; what cannot be read is named.
 *
 * @param setting what names the folder in the configuration, for messages
 */
public record ModelFiles(String setting, Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(ModelFiles.class);
  private static final List<String> PREFERRED =
      List.of("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx");

  /** What the model is called: the folder's own name. */
  public String name() {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }

  /**
   * The graph: {@code model.onnx} where it is there, otherwise the only one that is. Files beside
   * it whose names begin with its own, as {@code model.onnx_data} does, are its data.
   *
   * @throws RagException INVALID_ARGUMENT where there is none, or nothing says which
   */
  public Weights weights() {
    List<String> graphs = Stream.of("", "onnx/").flatMap(this::graphs).toList();
    if (graphs.isEmpty()) {
      throw unusable(
          "there is no graph: looked for model.onnx, onnx/model.onnx, and any other *.onnx there");
    }
    String taken = taken(graphs);
    if (graphs.size() > 1 || !taken.equals("model.onnx")) {
      LOG.info("{}: takes the graph {} of {}", folder, taken, graphs);
    }
    return new Weights(read(taken), data(taken));
  }

  private String taken(List<String> graphs) {
    if (graphs.size() == 1) {
      return graphs.getFirst();
    }
    return PREFERRED.stream()
        .filter(graphs::contains)
        .findFirst()
        .orElseThrow(
            () ->
                unusable(
                    "there are the graphs %s, and none is called model.onnx: leave one of them"
                        .formatted(graphs)));
  }

  private Stream<String> graphs(String place) {
    return files(folder.resolve(place)).stream()
        .map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(".onnx"))
        .map(name -> place + name);
  }

  private List<Path> data(String graph) {
    int at = graph.lastIndexOf('/') + 1;
    String name = graph.substring(at);
    return files(folder.resolve(graph.substring(0, at))).stream()
        .filter(file -> file.getFileName().toString().startsWith(name))
        .filter(file -> !file.getFileName().toString().equals(name))
        .toList();
  }

  /** The files of a folder in the order of their names; none where there is no such folder. */
  private List<Path> files(Path place) {
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw unusable(place + " cannot be listed");
    }
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
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    String why = "the model '" + model + "' cannot be used: " + reason;
    return new RagException(
        ErrorCode.INVALID_ARGUMENT,
        "INVALID_FIELD",
        why.lines().findFirst().orElse(why),
        cause,
        new ErrorDetail.BadField(setting, why));
  }
}
