package dev.ragline.embedding.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ragline.onnx.ModelFiles;
import dev.ragline.onnx.TokenLimits;
import dev.ragline.onnx.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a sentence transformer exported to a folder, in the layout of the sentence-transformers
 * library. The graph and {@code tokenizer.json} must be there. What the other files say and is not
 * understood is refused: it would give other vectors.
 */
final class ModelFolder {
  private static final String SETTINGS = "config_sentence_transformers.json";

  private static final Logger LOG = LoggerFactory.getLogger(ModelFolder.class);
  private static final String MODULES = "modules.json";
  private static final String TRANSFORMER = "Transformer";
  private static final String POOLING = "Pooling";

  /** All vectors are made of length 1 anyway, and nothing is dropped where nothing is learned. */
  private static final Set<String> KNOWN = Set.of(TRANSFORMER, POOLING, "Normalize", "Dropout");

  /** By kind of model in the library's first versions; the last one is the usual. */
  private static final List<String> LIMITS =
      Stream.of("roberta", "distilbert", "camembert", "albert", "xlm-roberta", "xlnet", "bert")
          .map("sentence_%s_config.json"::formatted)
          .toList();

  private static final int USUAL_TOKENS = 512;

  private final ModelFiles files;
  private final JsonNode modules;

  private ModelFolder(ModelFiles files) {
    this.files = files;
    this.modules = files.config(MODULES);
  }

  static OnnxModel load(Path folder) {
    return new ModelFolder(new ModelFiles("embedding", folder)).read();
  }

  private OnnxModel read() {
    for (JsonNode module : modules) {
      if (!KNOWN.contains(kind(module))) {
        throw files.unusable(
            "%s names the module '%s'; %s are read"
                .formatted(MODULES, kind(module), KNOWN.stream().sorted().toList()));
      }
    }
    // First what must be there: of a folder without it nothing else is worth telling.
    Weights weights = files.weights();
    byte[] tokenizer = files.read("tokenizer.json");
    JsonNode settings = files.config(SETTINGS);
    if (settings.hasNonNull("truncate_dim")) {
      throw files.unusable(
          SETTINGS
              + " says truncate_dim "
              + settings.get("truncate_dim").asText()
              + ": vectors are not shortened; remove it to have whole ones");
    }
    JsonNode prompts = settings.path("prompts");
    String questionPrefix = prompts.path("query").asText("");
    String passagePrefix = prompts.path("passage").asText(prompts.path("document").asText(""));
    return new OnnxModel(
        files.name(),
        pooling(!questionPrefix.isEmpty() || !passagePrefix.isEmpty()),
        maxTokens(),
        questionPrefix,
        passagePrefix,
        weights,
        tokenizer);
  }

  /** The class of a module, whose package changes with the library's versions. */
  private static String kind(JsonNode module) {
    String type = module.path("type").asText();
    return type.substring(type.lastIndexOf('.') + 1);
  }

  /** A file of the first module of a kind. */
  private String in(String kind, String usual, String name) {
    for (JsonNode module : modules) {
      if (kind(module).equals(kind)) {
        String path = module.path("path").asText();
        return path.isEmpty() ? name : path + "/" + name;
      }
    }
    return usual + name;
  }

  private @Nullable Pooling pooling(boolean prompts) {
    String name = in(POOLING, "1_Pooling/", "config.json");
    Pooling pooling = PoolingConfig.read(files, name);
    boolean allTokens = pooling == null || pooling == Pooling.MEAN || pooling == Pooling.MAX;
    if (prompts && allTokens && !files.config(name).path("include_prompt").asBoolean(true)) {
      throw files.unusable(
          name + " says include_prompt false: pooling without the prompt is not supported");
    }
    return pooling;
  }

  /** The smallest number of all files. A tokenizer truncates at less than many models read. */
  private int maxTokens() {
    JsonNode tokenizer = files.config("tokenizer_config.json");
    OptionalInt said =
        TokenLimits.smallest(
            LIMITS.stream()
                .map(name -> files.config(in(TRANSFORMER, "", name)).path("max_seq_length"))
                .map(TokenLimits::limit)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty()),
            TokenLimits.limit(tokenizer.path("model_max_length")),
            TokenLimits.ofPositions(files.config(in(TRANSFORMER, "", "config.json"))));
    if (said.isEmpty()) {
      LOG.warn(
          "{}: no file says how many tokens it reads at once; {} are assumed",
          files.name(),
          USUAL_TOKENS);
    }
    return said.orElse(USUAL_TOKENS);
  }
}
