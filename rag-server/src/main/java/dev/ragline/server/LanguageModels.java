package dev.ragline.server;

import dev.ragline.generation.openai.ChatApi;
import dev.ragline.generation.openai.ChatModelConfig;
import dev.ragline.generation.openai.OpenAiChatModel;
import dev.ragline.generation.openai.ReplyLimits;
import dev.ragline.server.config.LlmConfig;
import dev.ragline.upstream.FailoverConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The language models that a configuration names, in its order. */
final class LanguageModels {
  private LanguageModels() {}

  /**
   * The models, none of them asked yet.
   *
   * @throws dev.ragline.document.RagException when a name, an address or an API is not known, or a
   *     key is missing
   */
  static List<OpenAiChatModel> of(LlmConfig config, Map<String, String> environment) {
    // All are resolved before the first is opened, so that nothing is left open when one is bad.
    List<ChatModelConfig> all =
        IntStream.range(0, config.name().size())
            .mapToObj(i -> resolve(config, i, environment))
            .toList();
    return all.stream().map(OpenAiChatModel::new).toList();
  }

  /**
   * How one of them is asked.
   *
   * @throws dev.ragline.document.RagException as {@link #of} does
   */
  static ChatModelConfig resolve(LlmConfig config, int index, Map<String, String> environment) {
    Map<String, String> own = new HashMap<>(environment);
    // Both are keys of the configuration too, and hold as many values as there are endpoints.
    own.remove(ChatModelConfig.MODEL_VARIABLE);
    own.put(ChatModelConfig.KEY_VARIABLE, LlmConfig.entry(config.key(), index));
    String api = LlmConfig.entry(config.api(), index);
    return ChatModelConfig.resolve(
            config.name().get(index),
            emptyToNull(LlmConfig.entry(config.model(), index)),
            emptyToNull(LlmConfig.entry(config.url(), index)),
            api.isEmpty() ? ChatApi.CHAT : ChatApi.named(api),
            own)
        .withTimeouts(
            Duration.ofSeconds(config.connectSeconds()),
            Duration.ofSeconds(config.silenceSeconds()))
        .withLimits(ReplyLimits.DEFAULT.withAnswerBytes(config.maxAnswerBytes()));
  }

  /** How the models are spared. */
  static FailoverConfig failover(LlmConfig config) {
    return new FailoverConfig(
        config.maxConcurrent(),
        Duration.ofSeconds(config.queueSeconds()),
        Duration.ofSeconds(config.breakerSeconds()));
  }

  private static @Nullable String emptyToNull(String value) {
    return value.isBlank() ? null : value;
  }
}
