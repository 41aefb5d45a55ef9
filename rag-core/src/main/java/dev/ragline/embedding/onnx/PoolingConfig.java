package dev.ragline.embedding.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragline.onnx.ModelFiles;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a sentence transformer's file about pooling: {@code "pooling_mode": "cls"}, or a flag for
 * each way as version 4 and older write it, {@code "pooling_mode_cls_token": true}.
 */
final class PoolingConfig {
  private static final String MODE = "pooling_mode";

  private PoolingConfig() {}

  /** How to pool; null where the file does not say, or is not there. */
  static @Nullable Pooling read(ModelFiles files, String name) {
    JsonNode config = files.config(name);
    List<String> modes = new ArrayList<>();
    JsonNode mode = config.path(MODE);
    if (mode.isArray()) {
      mode.forEach(one -> modes.add(one.asText()));
    } else if (!mode.isMissingNode() && !mode.isNull()) {
      modes.add(mode.asText());
    } else if (!addFlags(config, modes)) {
      return null;
    }
    if (modes.size() != 1) {
      throw files.unusable(
          "%s says %s, and one way of pooling is read".formatted(name, MODE + " " + modes));
    }
    return pooling(files, name, modes.getFirst());
  }

  /** Adds those that are set; whether there are any flags at all. */
  private static boolean addFlags(JsonNode config, List<String> modes) {
    boolean flags = false;
    for (var field : config.properties()) {
      if (field.getKey().startsWith(MODE + "_")) {
        flags = true;
        if (field.getValue().asBoolean()) {
          modes.add(field.getKey().substring(MODE.length() + 1));
        }
      }
    }
    return flags;
  }

  private static Pooling pooling(ModelFiles files, String name, String mode) {
    return switch (mode) {
      case "cls", "cls_token" -> Pooling.CLS;
      // The second has another length, which is made 1 anyway.
      case "mean", "mean_tokens", "mean_sqrt_len", "mean_sqrt_len_tokens" -> Pooling.MEAN;
      case "max", "max_tokens" -> Pooling.MAX;
      case "lasttoken" -> Pooling.LAST;
      default ->
          throw files.unusable(
              "%s says %s '%s'; cls, mean, mean_sqrt_len_tokens, max and lasttoken are read"
                  .formatted(name, MODE, mode));
    };
  }
}
