package dev.ragline.generation.openai;

import dev.ragline.document.RagException;
import dev.ragline.openai.Endpoint;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which language model to ask, and where.
 *
 * @param model its name, as the endpoint knows it
 */
public record ChatModelConfig(Endpoint endpoint, String model) {
  /** Holds the key of an endpoint that is given by URL. */
  public static final String KEY_VARIABLE = "RAGLINE_LLM_KEY";

  /** Names the model where neither the command line nor a preset does. */
  public static final String MODEL_VARIABLE = "RAGLINE_LLM_MODEL";

  /** What servers of a single model are asked for; those that look at the name refuse it. */
  static final String ANY_MODEL = "default";

  public ChatModelConfig {
    if (model.isBlank()) {
      throw RagException.invalid("llm model", "a model has a name");
    }
  }

  /**
   * The configuration that a user's words stand for.
   *
   * @param nameOrUrl a {@link ChatModelPreset}'s name, or a base URL
   * @param model the model; null for {@link #MODEL_VARIABLE}'s, and else the preset's own
   * @param baseUrl where the preset is served instead of its usual place; null for there
   * @throws RagException INVALID_ARGUMENT for an unknown name or a bad URL, FAILED_PRECONDITION
   *     with reason LLM_KEY_MISSING
   */
  public static ChatModelConfig resolve(
      String nameOrUrl, @Nullable String model, @Nullable String baseUrl, Map<String, String> env) {
    if (nameOrUrl.contains("://")) {
      URI url = Endpoint.parse(baseUrl == null ? nameOrUrl : baseUrl);
      return new ChatModelConfig(
          Endpoint.of(String.valueOf(url.getHost()), url, KEY_VARIABLE, env),
          modelName(model, env, ANY_MODEL));
    }
    ChatModelPreset preset = ChatModelPreset.named(nameOrUrl);
    URI url = baseUrl == null ? preset.baseUrl() : Endpoint.parse(baseUrl);
    Endpoint endpoint = Endpoint.of(preset.id(), url, preset.keyVariable(), env);
    if (preset.needsKey() && endpoint.apiKey() == null) {
      throw RagException.failedPrecondition(
          "LLM_KEY_MISSING",
          preset.id(),
          preset.id() + " needs a key: set " + preset.keyVariable() + " in the environment");
    }
    return new ChatModelConfig(endpoint, modelName(model, env, preset.model()));
  }

  private static String modelName(
      @Nullable String model, Map<String, String> env, String otherwise) {
    return model != null ? model : env.getOrDefault(MODEL_VARIABLE, otherwise);
  }
}
