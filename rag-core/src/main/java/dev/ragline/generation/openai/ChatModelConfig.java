package dev.ragline.generation.openai;

import dev.ragline.document.RagException;
import dev.ragline.upstream.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which language model to ask, where and how.
 *
 * @param model its name, as the endpoint knows it
 * @param asksForUsage whether the endpoint understands that it shall tell how many tokens it took
 */
public record ChatModelConfig(
    Endpoint endpoint, String model, ChatApi api, boolean asksForUsage, ReplyLimits limits) {
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
   * The configuration that a user's words stand for, for chat completions.
   *
   * @param nameOrUrl a {@link ChatModelPreset}'s name, or a base URL
   * @param model the model; null for {@link #MODEL_VARIABLE}'s, and else the preset's own
   * @param baseUrl where the preset is served instead of its usual place; null for there
   * @throws RagException INVALID_ARGUMENT for an unknown name or a bad URL, FAILED_PRECONDITION
   *     with reason LLM_KEY_MISSING, and as {@link ChatModelPreset#baseUrl} and {@link
   *     ChatModelPreset#model}
   */
  public static ChatModelConfig resolve(
      String nameOrUrl, @Nullable String model, @Nullable String baseUrl, Map<String, String> env) {
    return resolve(nameOrUrl, model, baseUrl, ChatApi.CHAT, env);
  }

  /**
   * The same for an API.
   *
   * @throws RagException FAILED_PRECONDITION with reason LLM_API_MISSING, too, when the preset is
   *     known not to have it
   */
  public static ChatModelConfig resolve(
      String nameOrUrl,
      @Nullable String model,
      @Nullable String baseUrl,
      ChatApi api,
      Map<String, String> env) {
    if (nameOrUrl.contains("://")) {
      URI url = Endpoint.parse(baseUrl == null ? nameOrUrl : baseUrl);
      return new ChatModelConfig(
          Endpoint.of(String.valueOf(url.getHost()), url, KEY_VARIABLE, env),
          modelName(model, env, () -> ANY_MODEL),
          api,
          true,
          ReplyLimits.DEFAULT);
    }
    ChatModelPreset preset = ChatModelPreset.named(nameOrUrl);
    if (!preset.has(api)) {
      throw RagException.failedPrecondition(
          "LLM_API_MISSING", preset.id(), preset.id() + " does not have the API " + api.id());
    }
    return new ChatModelConfig(
        endpoint(preset, baseUrl, env),
        modelName(model, env, preset::model),
        api,
        preset.asksForUsage(),
        ReplyLimits.DEFAULT);
  }

  private static Endpoint endpoint(
      ChatModelPreset preset, @Nullable String baseUrl, Map<String, String> env) {
    URI url = baseUrl == null ? preset.baseUrl(env) : preset.moved(Endpoint.parse(baseUrl));
    Endpoint endpoint =
        Endpoint.of(preset.id(), url, preset.keyVariable(), env).withKeyHeader(preset.keyHeader());
    if (preset.needsKey() && endpoint.apiKey() == null) {
      throw RagException.failedPrecondition(
          "LLM_KEY_MISSING",
          preset.id(),
          preset.id() + " needs a key: set " + preset.keyVariable() + " in the environment");
    }
    return endpoint;
  }

  private static String modelName(
      @Nullable String model, Map<String, String> env, Supplier<String> otherwise) {
    String name = model != null ? model : env.get(MODEL_VARIABLE);
    return name != null ? name : otherwise.get();
  }

  /** The same model with other limits. */
  public ChatModelConfig withLimits(ReplyLimits others) {
    return new ChatModelConfig(endpoint, model, api, asksForUsage, others);
  }

  /** The same model with other timeouts. */
  public ChatModelConfig withTimeouts(Duration connect, Duration longestSilence) {
    return new ChatModelConfig(
        endpoint.withTimeouts(connect, longestSilence), model, api, asksForUsage, limits);
  }
}
