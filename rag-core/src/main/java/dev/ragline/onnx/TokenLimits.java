package dev.ragline.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** How many tokens a model reads at once, by the files of Hugging Face's libraries. */
public final class TokenLimits {
  /** Models that count positions from behind the number of the padding token. */
  private static final Set<String> SHIFTED =
      Set.of(
          "roberta",
          "roberta-prelayernorm",
          "xlm-roberta",
          "xlm-roberta-xl",
          "xmod",
          "camembert",
          "mpnet",
          "longformer",
          "data2vec-text",
          "ibert");

  private static final List<String> POSITIONS = List.of("max_position_embeddings", "n_positions");

  private TokenLimits() {}

  /** Positions that a model has, by its {@code config.json}; empty where it does not say. */
  public static OptionalInt ofPositions(JsonNode config) {
    int before =
        SHIFTED.contains(config.path("model_type").asText())
            ? config.path("pad_token_id").asInt(1) + 1
            : 0;
    return POSITIONS.stream()
        .map(config::path)
        .flatMapToInt(value -> limit(value).stream())
        .map(positions -> positions - before)
        .findFirst();
  }

  /** A number that a file gives as a limit; empty where it gives none, or one like 1e30. */
  public static OptionalInt limit(JsonNode value) {
    boolean limits = value.isNumber() && value.asDouble() > 0 && value.asDouble() <= 1_000_000;
    return limits ? OptionalInt.of(value.asInt()) : OptionalInt.empty();
  }

  /** The smallest of those that are given. */
  public static OptionalInt smallest(OptionalInt... limits) {
    return Stream.of(limits).flatMapToInt(OptionalInt::stream).min();
  }
}
